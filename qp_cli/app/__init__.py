"""What people come to qp for, callable without a terminal: opening conventions, checking them, recording facts."""
