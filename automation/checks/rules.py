"""Every rule of the program: id, the manual's steps that ask for it, and where it is written.

To add a rule, write one function in the fitting file and give it a line here.
"""

from __future__ import annotations

from automation.checks import (
    alignment,
    meeting_rules,
    plan_rules,
    progress_money,
    progress_rows,
    project_completeness,
    project_dates,
    project_lines,
    project_money,
    project_papers,
    project_wording,
    standing,
    year_rules,
)
from automation.checks.rule import Rule, YearRule
from automation.model import Allocation, Meeting, Progress, Project, Resolution, StrategicPlan

PROJECT_RULES: tuple[Rule[Project], ...] = (
    Rule("required-missing", ("S02", "F11", "A08"), project_completeness.required_missing),
    Rule("bureau-unknown", ("A08", "A09"), standing.bureau_unknown),
    Rule("duplicate-project", ("A09",), standing.duplicate_project),
    Rule("received-late", ("F11", "A08", "A09"), project_dates.received_late),
    Rule("dates-reversed", ("A08", "A10"), project_dates.dates_reversed),
    Rule("dates-outside-year", ("A08", "A10"), project_dates.dates_outside_year),
    Rule("months-outside-dates", ("A10",), project_dates.months_outside_dates),
    Rule("budget-total-mismatch", ("S02", "A10", "A24"), project_money.budget_total_mismatch),
    Rule("budget-text-mismatch", ("S02", "A10"), project_money.budget_text_mismatch),
    Rule("budget-plan-mismatch", ("A10", "A24"), project_money.budget_plan_mismatch),
    Rule("line-product-mismatch", ("S02", "A10"), project_lines.line_product_mismatch),
    Rule("rate-exceeded", ("F06", "F12", "A10"), project_lines.rate_exceeded),
    Rule("tor-missing", ("A08",), project_papers.tor_missing),
    Rule("endorsement-missing", ("F11", "A08"), project_papers.endorsement_missing),
    Rule("alignment-unknown", ("F12", "A10"), alignment.alignment_unknown),
    Rule("misspelt-words", ("A08", "A10"), project_wording.misspelt_words),
)

PROGRESS_RULES: tuple[Rule[Progress], ...] = (
    Rule("required-missing", ("M2",), progress_rows.required_missing),
    Rule("bureau-unknown", ("M2",), standing.bureau_unknown),
    Rule("code-unknown", ("M2",), standing.code_unknown),
    Rule("project-unreported", ("M2",), standing.project_unreported),
    Rule("spent-exceeds-allocated", ("M2",), progress_money.spent_exceeds_allocated),
    Rule("remaining-mismatch", ("M2",), progress_money.remaining_mismatch),
    Rule("percent-mismatch", ("M2", "M3"), progress_money.percent_mismatch),
    Rule("cumulative-falls", ("M2",), progress_money.cumulative_falls),
    Rule("cumulative-mismatch", ("M2",), progress_money.cumulative_mismatch),
    Rule("stage-contradicts", ("M2", "M3"), progress_rows.stage_contradicts),
    Rule("dates-reversed", ("M2",), progress_rows.dates_reversed),
    Rule("reason-missing", ("M2", "M3"), progress_rows.reason_missing),
    Rule("result-missing", ("M3",), progress_rows.result_missing),
)

ALLOCATION_RULES: tuple[Rule[Allocation], ...] = (
    Rule("required-missing", ("A22",), plan_rules.allocation_required_missing),
    Rule("bureau-unknown", ("A22",), standing.allocation_bureau_unknown),
    Rule("code-unknown", ("A22",), standing.code_unknown),
)

STRATEGY_RULES: tuple[Rule[StrategicPlan], ...] = (
    Rule("required-missing", ("S09.3", "S09.4", "S09.5", "S09.6"), plan_rules.strategy_required_missing),
)

MEETING_RULES: tuple[Rule[Meeting], ...] = (
    Rule("required-missing", ("F09", "A05.2a"), meeting_rules.required_missing),
    Rule("invitation-too-late", ("F09", "A05.2a"), meeting_rules.invitation_too_late),
)

RESOLUTION_RULES: tuple[Rule[Resolution], ...] = (
    Rule("required-missing", ("A12", "A13"), plan_rules.resolution_required_missing),
    Rule("code-unknown", ("A13",), standing.code_unknown),
)

YEAR_RULES: tuple[YearRule, ...] = (
    YearRule("strategy-uncovered", ("F04", "A02"), year_rules.strategy_uncovered),
    YearRule("books-disagree", ("A11", "A22", "A24"), year_rules.books_disagree),
    YearRule("allocation-differs", ("A23", "A24"), year_rules.allocation_differs),
    YearRule("resolution-open", ("F20", "A13", "A18"), year_rules.resolution_open),
)
