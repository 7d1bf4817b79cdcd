"""What an answer to a question about a scale changes in `dataset.yaml`."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import yaml

from common.question import Question

_NUMBERS: Final = re.compile(r"-?\d+(?:\.\d+)?")


def merged(existing: object, question: Question, text: str) -> list[dict[str, Any]]:
    """Return the scales of a sheet with the answer for its items in them.

    Parameters
    ----------
    existing : object
        What stands under `scales` now: a list, or None.
    question : Question
        Of kind `scale`; its proposal names the items.
    text : str
        `[{item: stress, worst: 5, best: 1}]`, or for all items that are asked about
        `{worst: 5, best: 1}` or the two numbers, the worst first: `5 1`.

    Raises
    ------
    ValueError
        If it is none of these.

    Examples
    --------
    >>> proposal = "[{item: mood, worst: 1, best: 5}]"
    >>> asked = Question("scale-1", "scale", "a.csv", "?", proposal=proposal)
    >>> merged(None, asked, "5 1")
    [{'item': 'mood', 'worst': 5.0, 'best': 1.0}]
    """
    items = list(dict.fromkeys(scale["item"] for scale in yaml.safe_load(question.proposal)))
    scales = _parsed(text)
    new = [
        {"item": item, **scale}
        for item in items
        for scale in scales
        if scale.get("item", item) == item
    ]
    answered = {scale["item"] for scale in new}
    earlier = existing if isinstance(existing, list) else []
    # Scales of other items stay; an item answered anew loses its earlier periods.
    return [*(dict(scale) for scale in earlier if scale.get("item") not in answered), *new]


def _parsed(text: str) -> Sequence[Mapping[str, Any]]:
    if "{" in text:
        content = yaml.safe_load(text)
        scales = content if isinstance(content, list) else [content]
        if all(isinstance(scale, dict) and {"worst", "best"} <= set(scale) for scale in scales):
            return scales
    else:
        numbers = [float(number) for number in _NUMBERS.findall(text)]
        if len(numbers) == 2 and numbers[0] != numbers[1]:  # worst and best
            return [{"worst": numbers[0], "best": numbers[1]}]
    raise ValueError("say the worst answer and the best, such as 5 1")
