// What the tests of keyboard and adaptation ask of a page: evaluated there, gives `looks`.
(() => {
  const CONTROLS = "a[href], button, input, select, textarea, summary, [tabindex]";

  const shown = (one) =>
    one.checkVisibility({ visibilityProperty: true }) && one.getClientRects().length > 0 && !one.closest("[inert]");

  /** Out of sight until it is wanted, by clipping. */
  const aside = (one) => one.closest(".visually-hidden, .skip-link:not(:focus)") !== null;

  const name = (one) => {
    const words = (one.getAttribute("aria-label") ?? one.textContent ?? "").trim().replace(/\s+/g, " ").slice(0, 40);
    return `${one.localName}${one.id && `#${one.id}`}${[...one.classList].map((each) => `.${each}`).join("")} “${words}”`;
  };

  const stops = () =>
    [...document.querySelectorAll(CONTROLS)].filter((one) => one.tabIndex >= 0 && !one.disabled && one.type !== "hidden" && shown(one));

  const alpha = (colour) => (/^rgba|\/ *[\d.]+\)$/.test(colour) ? Number(/([\d.]+)\)$/.exec(colour)?.[1]) : 1);

  /** Whether any of nine points of a control is seen: not under another part, nor out of the window. */
  const seen = (one) =>
    [...one.getClientRects()].some((box) =>
      [0.1, 0.5, 0.9].some((x) =>
        [0.1, 0.5, 0.9].some((y) => {
          const top = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
          return top !== null && (one.contains(top) || top.contains(one) && top !== document.body && top !== document.documentElement && getComputedStyle(top).position !== "sticky");
        }),
      ),
    );

  /** What has focus now: which of the stops, and what is wrong with how it looks. */
  const focused = (all) => {
    const one = document.activeElement;
    if (!one || one === document.body) return { at: -1, wrong: "" };
    const style = getComputedStyle(one);
    const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && alpha(style.outlineColor) > 0.5;
    const wrong = [ring ? "" : "no ring", seen(one) ? "" : "not seen"].filter(Boolean).join(", ");
    return { at: all.indexOf(one), name: name(one), wrong };
  };

  /** What a pointer may hit for a control: itself and its labels, line by line. */
  const targets = (one) => [one, ...(one.labels ?? [])].filter(shown).flatMap((each) => [...each.getClientRects()]);

  const around = (boxes) => ({
    left: Math.min(...boxes.map((box) => box.left)),
    top: Math.min(...boxes.map((box) => box.top)),
    right: Math.max(...boxes.map((box) => box.right)),
    bottom: Math.max(...boxes.map((box) => box.bottom)),
  });

  const inSentence = (one) =>
    getComputedStyle(one).display === "inline" &&
    [...(one.parentElement?.childNodes ?? [])].some((each) => each.nodeType === Node.TEXT_NODE && /\w/.test(each.textContent ?? ""));

  /** WCAG 2.2, 2.5.8: controls under 24 by 24 pixels that have less room than that around them. */
  const tight = () => {
    const all = stops().filter((one) => !aside(one) && one.matches("a, button, input, select, textarea, summary"));
    const lines = all.map(targets);
    const middles = lines.map(around).map(({ left, top, right, bottom }) => [(left + right) / 2, (top + bottom) / 2]);
    const small = lines.map(around).map(({ left, top, right, bottom }) => Math.min(right - left, bottom - top) < 23.9);
    const apart = (box, [x, y]) => Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));
    return all
      .filter((one, index) => {
        if (!small[index] || inSentence(one)) return false;
        const middle = middles[index];
        return all.some((other, at) => {
          if (other === one || other.contains(one) || one.contains(other)) return false;
          const between = Math.hypot(middles[at][0] - middle[0], middles[at][1] - middle[1]);
          return lines[at].some((box) => apart(box, middle) < 12) || (small[at] && between < 24);
        });
      })
      .map(name);
  };

  const scrolls = (one) => ["auto", "scroll"].includes(getComputedStyle(one).overflowX);

  const inScroller = (one) => {
    for (let each = one.parentElement; each && each !== document.body; each = each.parentElement) if (scrolls(each)) return true;
    return false;
  };

  /** Whether words of an element reach out of its box. */
  const wordsSpill = (one) => {
    const { left, top, right, bottom } = one.getBoundingClientRect();
    const texts = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    while (texts.nextNode()) {
      const text = texts.currentNode;
      if (!text.textContent?.trim() || !text.parentElement || !shown(text.parentElement) || aside(text.parentElement)) continue;
      range.selectNodeContents(text);
      const spills = [...range.getClientRects()].some((box) => box.left < left - 2 || box.right > right + 2 || box.top < top - 2 || box.bottom > bottom + 2);
      if (spills) return true;
    }
    return false;
  };

  /** What stands outside the window sideways, and what hides a part of its own text. */
  const cut = () => {
    const wide = document.documentElement.clientWidth;
    const found = document.documentElement.scrollWidth > wide ? [`page ${document.documentElement.scrollWidth} of ${wide}`] : [];
    for (const one of document.body.querySelectorAll("*")) {
      if (!shown(one) || aside(one)) continue;
      const box = one.getBoundingClientRect();
      if ((box.right > wide + 1 || box.left < -1) && !inScroller(one) && !one.closest("svg svg, svg *")) found.push(`outside: ${name(one)}`);
      const style = getComputedStyle(one);
      const hides = [style.overflowX, style.overflowY].some((each) => each === "hidden" || each === "clip");
      if ((hides || one.matches("button, .button, .tag")) && !(one instanceof SVGElement) && wordsSpill(one)) found.push(`cut: ${name(one)}`);
    }
    return found;
  };

  /** Everything that moves: transitions and animations longer than a blink. */
  const moving = () => {
    const seconds = (text) => Math.max(...text.split(",").map((each) => parseFloat(each) * (each.includes("ms") ? 0.001 : 1)));
    const found = document.getAnimations().map((each) => `running: ${each.id || each.constructor.name}`);
    for (const one of document.querySelectorAll("*")) {
      for (const part of ["", "::before", "::after"]) {
        const style = getComputedStyle(one, part || undefined);
        const time = Math.max(seconds(style.transitionDuration), seconds(style.animationDuration));
        if (time > 0.01 || style.scrollBehavior === "smooth") found.push(`${name(one)}${part} ${time} s`);
      }
    }
    return found;
  };

  /** Controls that would be known by their ground alone, which forced colours take away. */
  const bare = () =>
    stops().filter((one) => {
      if (aside(one) || !one.matches("button, .button, select, textarea, input:not([type=checkbox], [type=radio])")) return false;
      const style = getComputedStyle(one);
      const lined = ["Top", "Bottom"].some((side) => style[`border${side}Style`] !== "none" && parseFloat(style[`border${side}Width`]) >= 1);
      return !lined && !style.textDecorationLine.includes("underline");
    }).map(name);

  /** Where the blocks of the page begin and end sideways. */
  const blocks = () =>
    [...document.body.querySelectorAll("*")]
      .filter((one) => /^(block|flex|grid|list-item|table)$/.test(getComputedStyle(one).display) && shown(one) && !aside(one) && !one.closest("svg, .table-region, body [dir]"))
      .map((one) => {
        const { left, right } = one.getBoundingClientRect();
        return { name: name(one), left, right };
      });

  /** Steps of a walk over the stops that lead up in the same column. */
  const backwards = (walk, all) => {
    const boxes = walk.map((at) => all[at].getBoundingClientRect());
    return walk.slice(1).flatMap((at, index) => {
      const [before, box] = [boxes[index], boxes[index + 1]];
      const above = box.bottom <= before.top + 1 && box.left < before.right - 1 && before.left < box.right - 1;
      return above && !aside(all[walk[index]]) ? [`${name(all[walk[index]])} → ${name(all[at])}`] : [];
    });
  };

  return { stops, shown, focused, tight, cut, moving, bare, blocks, backwards, name };
})()
