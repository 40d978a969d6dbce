"""Results of one run."""

from dataclasses import dataclass

from benchmarks import growth, journeys, lookups, pages, papers, start_up
from benchmarks.report import Table
from benchmarks.scale import Scale


@dataclass(frozen=True, slots=True)
class Results:
    """Results of each subject."""

    papers: papers.Papers
    words: growth.Words
    lookups: lookups.Lookups
    pages: pages.Pages
    journeys: journeys.Journeys
    start_up: start_up.StartUp
    campaigns: growth.Campaigns

    @property
    def tables(self) -> list[Table]:
        """Tables in the order of the report."""
        return [
            self.papers.table,
            self.words.table,
            *self.journeys.tables,
            self.pages.table,
            self.campaigns.table,
            self.start_up.table,
            self.lookups.table,
        ]


def measure(scale: Scale) -> Results:
    """Measure one subject after the other. Raises WrongAnswer."""
    return Results(
        papers=papers.measure(scale),
        words=growth.words(scale),
        lookups=lookups.measure(scale),
        pages=pages.measure(scale),
        journeys=journeys.measure(scale),
        start_up=start_up.measure(scale),
        campaigns=growth.campaigns(scale),
    )
