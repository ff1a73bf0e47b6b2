from __future__ import annotations

from assistant.cloze.levels import level_of
from assistant.cloze.lexicon import Lexicon
from assistant.paths import find_paths
from assistant.ui.cloze.wording import level_words


def test_a_level_found_by_rank_is_said_in_words_and_one_of_the_teacher_is_kept() -> None:
    lexicon = Lexicon(find_paths().resources / "lexicon")
    assert level_words(level_of("是", lexicon)) == "常用词前 1000 位"
    assert level_words(level_of("鹳雀", lexicon)) == f"不在常用 {len(lexicon.ranks)} 词之内"
    assert level_words("第三课") == "第三课"
