"""The style sheet of the exported page. ``BLANK_EM`` stands for the width of a blank. Pure."""

from __future__ import annotations

STYLE = """
:root { color-scheme: light dark; --ink: #1a1a1a; --paper: #fff; --line: #767676;
  --right: #1b6e2e; --wrong: #b3261e; --accent: #0b57d0; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e8e8; --paper: #1c1c1c; --line: #9a9a9a;
  --right: #7fd694; --wrong: #ffb4ab; --accent: #a8c7fa; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem; max-width: 46rem; color: var(--ink);
  background: var(--paper); line-height: 2; font-size: 1.125rem;
  font-family: "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", SimSun, serif; }
h1, h2 { font-family: "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", SimHei, sans-serif; }
h1 { text-align: center; font-size: 1.5rem; }
h2 { font-size: 1.1rem; }
.passage p { text-indent: 2em; margin: 0; }
.passage.verse p { text-indent: 0; text-align: center; }
.passage p.title, .passage p.byline { text-indent: 0; text-align: center; }
.passage p.title { font-weight: bold; }
.passage p.byline { font-size: .85em; }
.passage.verse p.first:not(:first-child) { margin-top: 1em; }
.source { text-align: right; }
.gap { white-space: nowrap; text-indent: 0; }
.number { font-size: .75em; }
input, select, button { font: inherit; color: inherit; background: var(--paper);
  border: 1px solid var(--line); border-radius: .25rem; padding: .1rem .4rem; }
.gap input { width: BLANK_EMem; border-width: 0 0 1px; border-radius: 0; text-align: center; }
.slot { display: inline-block; min-width: BLANK_EMem; text-align: center; text-indent: 0;
  border-bottom: 1px solid var(--line); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.bank { border: 1px solid var(--line); padding: .5rem 1rem; }
.bank ul { margin: 0; padding: 0; list-style: none; display: flex; flex-wrap: wrap;
  gap: 0 1.5rem; }
fieldset { border: 0; border-top: 1px dotted var(--line); margin: 0; padding: .25rem 0; }
fieldset label { display: inline-block; margin-right: 1.5rem; text-indent: 0; }
.hint { font-size: .8em; }
.mark { font-size: .85em; white-space: normal; }
.right { color: var(--right); }
.wrong { color: var(--wrong); }
.buttons { display: flex; flex-wrap: wrap; gap: .75rem; margin-top: 1.5rem; }
.buttons button { padding: .3rem 1rem; cursor: pointer; }
#result { font-weight: bold; min-height: 2em; }
rt { font-size: .5em; }
@media print { .buttons, #result, .mark { display: none; } body { max-width: none; } }
"""
