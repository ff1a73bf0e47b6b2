"""The script of the exported page: it scores what the student filled in. No library, no network.

The rule is that of student mode: NFKC, no spaces and punctuation at the edges, any case; then the
accepted answers with their weights. Pure.
"""

from __future__ import annotations

SCRIPT = r"""
"use strict";
(function () {
  const byId = (id) => document.getElementById(id);
  const decoded = (id) => new TextDecoder().decode(
    Uint8Array.from(atob(byId(id).textContent.trim()), (c) => c.charCodeAt(0)));
  const projectText = decoded("bubai-project");
  const accepted = JSON.parse(decoded("bubai-accepted"));
  const exercise = JSON.parse(projectText).exercise;
  const words = JSON.parse(byId("bubai-words").textContent);
  const gaps = exercise.segments.filter((segment) => segment.type === "gap");
  const points = exercise.points === undefined ? 1 : exercise.points;
  const form = byId("exercise");
  const result = byId("result");

  const normalise = (text) => text.normalize("NFKC").toLowerCase()
    .replace(/\s+/gu, "").replace(/^\p{P}+|\p{P}+$/gu, "");
  const format = (text, facts) => text.replace(/\{(\w+)\}/g, (_, name) => facts[name]);
  const given = (i) => form.elements["gap-" + (i + 1)].value;
  const rounded = (value) => String(Math.round(value * 100) / 100);

  function share(i, text) {
    const plain = normalise(text);
    const matches = (answer) => plain ? normalise(answer) === plain : answer === text.trim();
    return Math.max(0, ...accepted[i].filter((pair) => matches(pair[0])).map((pair) => pair[1]));
  }

  function controls(i) {
    const found = form.elements["gap-" + (i + 1)];
    return found instanceof RadioNodeList ? Array.from(found) : [found];
  }

  function mark(i, text, value) {
    const place = byId("mark-" + (i + 1));
    const sign = value === 1 ? " ✓ " : value > 0 ? " ◐ " : " ✗ ";
    place.textContent = text ? sign + text : "";
    place.className = "mark " + (text ? (value === 1 ? "right" : "wrong") : "");
    for (const control of controls(i)) {
      if (text) { control.setAttribute("aria-invalid", String(value !== 1)); }
      else { control.removeAttribute("aria-invalid"); }
    }
  }

  function score() {
    const shares = gaps.map((_, i) => given(i).trim() ? share(i, given(i)) : 0);
    return {
      shares: shares,
      score: shares.reduce((sum, value) => sum + value, 0) * points,
      total: gaps.length * points,
      right: shares.filter((value) => value === 1).length,
    };
  }

  function check() {
    const found = score();
    found.shares.forEach((value, i) => {
      const text = value === 1 ? words.right : value > 0 ? words.partial
        : given(i).trim() ? words.wrong : words.empty;
      mark(i, text, value);
    });
    result.textContent = format(words.result, { score: rounded(found.score),
      total: rounded(found.total), right: found.right, count: gaps.length });
    byId("show").hidden = false;
    result.focus();
  }

  function show() {
    const found = score();
    gaps.forEach((gap, i) => {
      mark(i, format(words.answer_is, { answer: gap.answers.map((a) => a.text).join("／") }),
        found.shares[i]);
    });
  }

  function fillSlots() {
    gaps.forEach((gap, i) => {
      const slot = byId("slot-" + (i + 1));
      if (slot) { slot.textContent = given(i) || String(i + 1); }
    });
  }

  function save(name, text) {
    const link = document.createElement("a");
    const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.href = url;
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  }

  const fileName = (text) => text.replace(/[\\/:*?"<>|\s]+/gu, "_");

  function saveResult() {
    const found = score();
    const answers = {};
    gaps.forEach((gap, i) => { answers[gap.uid] = given(i).trim(); });
    const student = byId("student").value.trim();
    const record = { format: "bubai-answers", version: 1, exercise: exercise.uid,
      paper: exercise.version || "", student: student, answers: answers,
      score: found.score, total: found.total };
    const name = [student, document.title].filter(Boolean).join("-");
    save(fileName(name) + ".json", JSON.stringify(record, null, 1));
  }

  form.addEventListener("submit", (event) => { event.preventDefault(); check(); });
  form.addEventListener("change", fillSlots);
  form.addEventListener("reset", () => {
    gaps.forEach((_, i) => mark(i, "", 1));
    result.textContent = "";
    byId("show").hidden = true;
    setTimeout(fillSlots, 0);
  });
  byId("show").addEventListener("click", show);
  byId("save-result").addEventListener("click", saveResult);
  byId("save-project").addEventListener("click",
    () => save(fileName(document.title) + ".bubai", projectText));
  for (const button of document.querySelectorAll(".buttons button")) { button.disabled = false; }
  fillSlots();
})();
"""
