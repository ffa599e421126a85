// Counts the picks in the bar while somebody chooses; the page works without it, and nothing is blocked without a word.
document.addEventListener("DOMContentLoaded", () => {
  const bar = document.querySelector("[data-pickbar]");
  if (!bar) return;
  const boxes = [...document.querySelectorAll("input[name=choice]")];
  const most = Number(bar.dataset.most);
  const chosen = bar.querySelector("[data-chosen]");
  const left = bar.querySelector("[data-left]");
  const dots = [...bar.querySelectorAll(".dots i")];
  const show = () => {
    const picked = boxes.filter((box) => box.checked).length;
    const over = picked - most;
    chosen.textContent = bar.dataset.chosenText.replace("{n}", picked);
    left.textContent =
      over > 0 ? bar.dataset.overText.replace("{n}", over)
      : over === 0 ? bar.dataset.fullText
      : bar.dataset.leftText.replace("{n}", -over);
    left.classList.toggle("stopc", over > 0);
    left.classList.toggle("dim", over <= 0);
    dots.forEach((dot, place) => dot.classList.toggle("on", place < picked));
  };
  boxes.forEach((box) => box.addEventListener("change", show));
  window.addEventListener("pageshow", show);
  show();
});
