"""The peers that the summary methods are set beside, each as its own README uses it."""

import importlib
import warnings
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from digest.edges.textrank4zh import textrank4zh
from digest.edges.tokenizer import Tokenizer
from digest.stages.sentences import text_prose

MOST_SENTENCES = 10
SUMY = ("lex_rank.LexRankSummarizer", "lsa.LsaSummarizer", "text_rank.TextRankSummarizer", "luhn.LuhnSummarizer",
        "kl.KLSummarizer", "sum_basic.SumBasicSummarizer")  # fmt: skip

Item = Mapping[str, Any]
System = Callable[[Item], Sequence[str]]
"""From an article to its sentences, best first."""


def package_textrank4zh(tokenizer: Tokenizer) -> System:
    """textrank4zh as its README uses it, after our ranker has made it work."""
    textrank4zh(tokenizer)(text_prose("", "桥梁建成通车。公路建成通车。"))
    import textrank4zh as package

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        analyser = package.TextRank4Sentence()

    def system(item: Item) -> Sequence[str]:
        analyser.analyze(text=item["text"], lower=True, source="all_filters")
        return [found.sentence for found in analyser.get_key_sentences(num=MOST_SENTENCES)]

    return system


class SumyTokenizer:
    """What sumy asks of a tokenizer: our sentences, jieba's words; nothing is downloaded."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer

    def to_sentences(self, paragraph: str) -> tuple[str, ...]:
        return text_prose("", paragraph).sentences

    def to_words(self, sentence: str) -> tuple[str, ...]:
        return tuple(word for word in self._tokenizer.words(sentence) if word[0].isalnum())


def sumy(name: str, tokenizer: Tokenizer) -> System:
    """One of sumy's methods; it hands over sentences in document order, so the rating is read where it is used."""
    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence

    module, _, kind = name.partition(".")
    base = getattr(importlib.import_module(f"sumy.summarizers.{module}"), kind)
    words = SumyTokenizer(tokenizer)

    class Ranked(base):  # type: ignore[misc, valid-type]
        def _get_best_sentences(self, sentences: Any, count: Any, rating: Any, *args: Any, **named: Any) -> Any:
            rate = rating if callable(rating) else rating.__getitem__
            rated = [(rate(sentence, *args, **named), -i, sentence) for i, sentence in enumerate(sentences)]
            return tuple(sentence for _, _, sentence in sorted(rated, key=lambda one: one[:2], reverse=True)[:count])

    summarise = Ranked()

    def system(item: Item) -> Sequence[str]:
        paragraphs = [
            Paragraph([Sentence(sentence, words) for sentence in words.to_sentences(line)])
            for line in item["text"].splitlines()
            if line.strip()
        ]
        return [str(sentence) for sentence in summarise(ObjectDocumentModel(paragraphs), MOST_SENTENCES)]

    return system


def snownlp() -> System:
    """snownlp's TextRank; its pieces end at commas too."""
    from snownlp import SnowNLP

    return lambda item: SnowNLP(item["text"]).summary(MOST_SENTENCES)


def summa() -> System:
    """summa's TextRank; it parts words at white space, so that a clause is a word to it."""
    from summa.summarizer import summarize

    def system(item: Item) -> Sequence[str]:
        found = summarize(item["text"], ratio=1.0, split=True, scores=True)
        return [sentence for sentence, score in sorted(found, key=lambda one: -one[1])[:MOST_SENTENCES]]

    return system


def jiagu() -> System:
    """jiagu's TextRank over the words of its own tagger; it fails where it is asked for more sentences than it finds."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jiagu as package
        from jiagu.utils import cut_sentences

    package.summarize("桥梁建成通车。公路建成通车。", 1)

    def system(item: Item) -> Sequence[str]:
        found = sum(1 for _ in cut_sentences("".join(item["text"].splitlines())))
        return list(package.summarize(item["text"], min(MOST_SENTENCES, found)))

    return system


def peers(tokenizer: Tokenizer) -> dict[str, Callable[[], System]]:
    """Every peer by name, made only when it is asked for."""
    known: dict[str, Callable[[], System]] = {"textrank4zh": lambda: package_textrank4zh(tokenizer)}
    for name in SUMY:
        known["sumy " + name.partition(".")[0]] = lambda name=name: sumy(name, tokenizer)  # type: ignore[misc]
    return known | {"snownlp": snownlp, "summa": summa, "jiagu": jiagu}
