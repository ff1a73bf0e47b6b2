"""Sentences to translate, our own, by length in characters."""

from __future__ import annotations

TRANSLATION_LENGTHS = (10, 20, 40)
_SENTENCES = {
    10: (
        "今天的天气真的很好。",
        "我们明天早上再见吧。",
        "他昨天买了一本新书。",
        "你知道车站在哪里吗？",
    ),
    20: (
        "如果明天还不下雨，我们就去山上看日出吧。",
        "她把钥匙忘在了家里，只好坐在楼下等妹妹。",
        "这条路走到头再往左拐，就能看见那家书店。",
        "医生说他的病不要紧，休息几天就会好起来。",
    ),
    40: (
        "昨天晚上我在图书馆看书的时候，遇见了一个很多年都没有见过面的老同学，聊到了很晚。",
        "因为路上堵车，我们到电影院的时候电影已经开始了，只好到旁边的咖啡馆里坐了两小时。",
        "村里的小学只有十几个学生，两位老师轮流教所有的课，从语文和数学一直教到唱歌画画。",
        "他说等孩子们放了假，要带全家人坐火车到海边去住几天，好好地休息一下，什么也不想。",
    ),
}


def sentences(length_chars: int) -> list[str]:
    """Return sentences of about ``length_chars`` characters."""
    return list(_SENTENCES[length_chars])
