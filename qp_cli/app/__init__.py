"""What qp answers and does, without a terminal: no parser, no printing."""
