"""The calendar of `qp export ics`: what a calendar program imports once, or subscribes to."""

from qp_cli.render.ics.feed import write_calendar

__all__ = ["write_calendar"]
