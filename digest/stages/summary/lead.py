"""The opening of the article: the baseline that single news stories make hard to beat."""

from digest.model import Prose, Ranking


def lead(prose: Prose) -> Ranking:
    """A score for each sentence that falls from 1 towards 0 with its distance from the beginning."""
    return Ranking.whole("lead", (1 / (1 + i) for i in range(len(prose.sentences))))
