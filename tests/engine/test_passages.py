from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.engine.passages import passages
from assistant.text.sentences import sentence_spans

TEXTS = st.text("山水花鸟，。！\n ", max_size=200)


@given(TEXTS, st.integers(1, 60))
def test_every_sentence_is_in_one_passage_and_none_could_take_its_neighbour(text: str, most: int):
    spans = sentence_spans(text)
    found = passages(spans, most)
    held = [[s for s in spans if start <= s[0] and s[1] <= end] for start, end in found]
    assert [one for part in held for one in part] == spans
    for (start, end), part in zip(found, held, strict=True):
        assert end - start <= most or len(part) == 1
    for (start, _), (_, next_end) in zip(found, [part[0] for part in held[1:]], strict=False):
        assert next_end - start > most


def test_an_edit_leaves_most_passages_as_they_were():
    sentences = [f"{'山' * (3 + 7 * i % 11)}{i}。" for i in range(300)]
    before = "".join(sentences)
    after = "".join([*sentences[:20], "花鸟。", *sentences[20:]])
    old, new = (
        {text[a:b] for a, b in passages(sentence_spans(text), 40)} for text in (before, after)
    )
    assert len(new - old) < len(new) / 4


def test_no_text_no_passages():
    assert passages([], 10) == []
