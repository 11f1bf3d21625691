"""What a check found, in each form that people and CIs read."""
