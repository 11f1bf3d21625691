"""What follows at a date: deadlines, obligations, states, summaries; pure."""
