"""The words of the diagnosis: versions, figures, warnings, steps. Imports services only."""

from __future__ import annotations

import platform

from PySide6.QtCore import QObject, qVersion

from assistant.cpu import Cpu
from assistant.services.diagnosis import Diagnosis
from assistant.services.measurements import CacheUse, Timing
from assistant.services.worker import JobKind


class DiagnosisText(QObject):
    """Writes what was found in the language of the window; nothing of the person's text."""

    def report(self, diagnosis: Diagnosis) -> str:
        """Return the page as text, ready to be copied."""
        blocks = (
            self._versions(diagnosis),
            self._computer(diagnosis),
            self._speed(diagnosis.timings, diagnosis.cache),
            self._models(diagnosis),
        )
        return "\n\n".join("\n".join(block) for block in blocks)

    def warning(self, cpu: Cpu) -> str:
        """Return what is to be said of this processor, or nothing."""
        if not cpu.is_slow:
            return ""
        return self.tr(
            "这台电脑的处理器没有 AVX2：补白照常能用，但填空和翻译会慢一些。"
            "嫌慢的话，可以关掉“光标到空处自动求填”。"
        )

    def firewall_steps(self, system: str, process: int) -> str:
        """Return how a person can see for themselves that ``process`` sends nothing."""
        if system == "win32":
            first = self.tr(
                "1. 打开“资源监视器”的“网络”页，找到 Bubai（PID {pid}）：没有它的 TCP 连接。"
            )
            second = self.tr(
                "2. 在“高级安全 Windows Defender 防火墙”里新建出站规则，阻止 Bubai.exe："
                "补白的功能一样不少。"
            )
        elif system == "darwin":
            first = self.tr("1. 在“终端”里运行 lsof -a -i -p {pid}：没有任何一行。")
            second = self.tr("2. 断开网络再打开补白：功能一样不少。")
        else:
            first = self.tr("1. 在终端里运行 ss -tuap | grep pid={pid}：没有任何一行。")
            second = self.tr("2. 用 unshare -rn 在没有网络的环境里打开补白：功能一样不少。")
        last = self.tr("3. 拔掉网线、关掉无线网络：补白看不出任何区别。")
        return "\n".join((first.format(pid=process), second, last))

    def _versions(self, diagnosis: Diagnosis) -> list[str]:
        found = diagnosis.versions
        lines = [self.tr("补白 {version}").format(version=found.get("bubai", "?"))]
        lines += [f"{name} {found[name]}" for name in found if name not in ("bubai", "system")]
        return [*lines, f"Qt {qVersion()}"]

    def _computer(self, diagnosis: Diagnosis) -> list[str]:
        cpu = diagnosis.cpu
        features = ", ".join(cpu.shown_features) or self.tr("指令集未知")
        memory = round(diagnosis.resident_bytes / 1_000_000)
        lines = [
            diagnosis.versions.get("system", platform.system()),
            self.tr("处理器：{name}（{features}）").format(name=cpu.name, features=features),
            self.tr("内存：{mb} MB，线程：{n}").format(mb=memory, n=diagnosis.threads),
        ]
        warning = self.warning(cpu)
        return [*lines, warning] if warning else lines

    def _speed(self, timings: tuple[Timing, ...], cache: CacheUse) -> list[str]:
        lines = [
            self.tr("{task}：{n} 次，一半在 {p50} 毫秒内，95% 在 {p95} 毫秒内").format(
                task=self._words_of(timing.kind),
                n=timing.count,
                p50=f"{timing.p50_ms:.1f}",
                p95=f"{timing.p95_ms:.1f}",
            )
            for timing in timings
        ]
        if cache.asked:
            share = cache.hits / cache.asked
            lines.append(
                self.tr("填空缓存：{asked} 次里命中 {hits} 次（{share}）").format(
                    asked=cache.asked, hits=cache.hits, share=f"{share:.0%}"
                )
            )
        return lines or [self.tr("这次打开以来还没有做过任何事。")]

    def _models(self, diagnosis: Diagnosis) -> list[str]:
        lines: list[str] = []
        for package in diagnosis.packages:
            state = self.tr("使用中") if package.is_active else self.tr("备用")
            lines.append(f"{package.task.value}: {package.key} [{state}] sha256 {package.digest}")
        return lines or [self.tr("没有模型。")]

    def _words_of(self, kind: JobKind) -> str:
        words = {
            JobKind.LOAD: self.tr("加载填空模型"),
            JobKind.NEAR: self.tr("填空（光标处）"),
            JobKind.FILL: self.tr("填空（全部）"),
            JobKind.SCORE: self.tr("试填自己的词"),
            JobKind.EXPLAIN: self.tr("解释"),
            JobKind.CLOZE: self.tr("出题"),
            JobKind.PERSONAL: self.tr("换用记忆"),
            JobKind.SENTIMENT: self.tr("情感"),
            JobKind.SENTIMENT_WHY: self.tr("情感的理由"),
            JobKind.LABELS: self.tr("标签"),
            JobKind.PROOF: self.tr("校对"),
            JobKind.TRANSLATION: self.tr("译文"),
        }
        return words.get(kind, kind.value)
