"""Rules over records: one function a rule, each with the manual's steps that ask for it; no files, no SQL."""

from automation.checks.context import CheckContext
from automation.checks.rates import Rate, load_rates
from automation.checks.run import check_reading, check_year_data

__all__ = ["CheckContext", "Rate", "check_reading", "check_year_data", "load_rates"]
