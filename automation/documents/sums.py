"""Every amount of baht that a fiscal year gives rise to: the groups by which the books add up."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from automation.documents.figures import bureau_groups, by_kind, is_routine, issue_groups
from automation.documents.ledger import SENTENCE, WHOLE, Group, Ledger, Sum, project_group
from automation.model.totals import by_number, strategy_of
from automation.model.year import YearData
from automation.thai.digits import to_thai


def year_sums(year: YearData) -> tuple[Sum, ...]:
    """Every sum of the year that is not nothing: of all, by kind, issue, strategy, bureau and project, by
    category of expense, month and quarter."""
    return tuple(each_sum(year))


def each_sum(year: YearData) -> Iterator[Sum]:
    """The same one by one, for who keeps only some of them."""
    books = Ledger(year)
    measured = (item for group in groups(year) for item in books.measured(group))
    categories = books.categories(year.projects, WHOLE, ())
    details = (item for project in year.projects for item in books.details(project))
    return (item for item in chain(measured, categories, details) if item.amount)


def groups(year: YearData) -> Iterator[Group]:
    """The groups by which the books add up, the whole first, single projects last."""
    yield Group(label=WHOLE, aspects=((WHOLE, "รวม", SENTENCE),), members=year.projects)
    for name, members in by_kind(year).items():
        yield Group(label=f"รวม{name}", aspects=((name,),), members=members)
    for issue in issue_groups(year):
        named = (issue.label, issue.name)
        yield from _with_kinds(Group(label=issue.title, aspects=(named,), members=issue.members))
        for name, members in bureau_groups(year).items():
            shared = tuple(item for item in members if item in issue.members)
            if shared:
                yield Group(label=f"{issue.label} {name}", aspects=((name,), named), members=shared)
    for number, members in by_number(year, strategy_of).items():
        label = f"กลยุทธ์ที่ {to_thai(number)}"
        words = (label, members[0].project.alignment.strategy or number)
        yield from _with_kinds(Group(label=label, aspects=(words,), members=members))
    for name, members in bureau_groups(year).items():
        yield from _with_kinds(Group(label=name, aspects=((name,),), members=members))
    for item in year.projects:
        yield project_group(item)


def _with_kinds(group: Group) -> Iterator[Group]:
    yield group
    routines = tuple(item for item in group.members if is_routine(item))
    if routines and len(routines) < len(group.members):
        projects = tuple(item for item in group.members if not is_routine(item))
        for name, members in (("โครงการ", projects), ("งานประจำ", routines)):
            aspects = (*group.aspects, (name,))
            yield Group(label=f"{group.label} ({name})", aspects=aspects, members=members)
