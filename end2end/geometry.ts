// What can be measured of a page's looks. These functions run in the browser.

/** What sticks out of the window to the left or right, unless it can be scrolled to inside its own box. */
export function overflowing(width: number): string[] {
  const scrolls = (element: Element): boolean => {
    for (let box = element.parentElement; box && box !== document.body; box = box.parentElement) {
      if (['auto', 'scroll'].includes(getComputedStyle(box).overflowX)) return true;
      if (box.classList.contains('hidden')) return true;
    }
    return false;
  };
  const name = (element: Element) => `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''}`;
  const wide = [...document.querySelectorAll('body *')].filter((element) => {
    const { left, right, width: own } = element.getBoundingClientRect();
    return element.checkVisibility() && own > 0 && (left < -1 || right > width + 1) && !scrolls(element);
  });
  const page = document.documentElement.scrollWidth;
  return [...(page > width ? [`the page is ${page} px wide`] : []), ...new Set(wide.map(name))];
}

/** Interactive things that a finger misses: below 44 px for buttons and fields, below 24 px for links. */
export function tooSmall(): string[] {
  const targets = [...document.querySelectorAll('a[href], button, select, input:not([type=hidden]), textarea, summary, label[for=fold]')];
  const isSeen = (element: Element) => {
    const { width, height, bottom } = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    return element.checkVisibility() && width > 1 && height > 1 && bottom > 0 && style.visibility !== 'hidden' && style.clipPath === 'none';
  };
  // A link within a sentence is as high as its line (WCAG 2.5.8, inline).
  const isInline = (element: Element) => {
    const text = element.parentElement?.textContent?.trim() ?? '';
    return getComputedStyle(element).display === 'inline' && text.length > (element.textContent?.trim().length ?? 0) + 3;
  };
  // What takes the finger: the label around a box, the card under a link that is stretched over it.
  const target = (element: Element) => {
    if (getComputedStyle(element, '::after').position === 'absolute') return (element as HTMLElement).closest('.card') ?? element;
    return (element instanceof HTMLInputElement && element.closest('label')) || element;
  };
  return targets.filter(isSeen).flatMap((element) => {
    if (element.tagName === 'A' && !element.classList.contains('button') && isInline(element)) return [];
    const { width, height } = target(element).getBoundingClientRect();
    const least = element.tagName === 'A' && !element.classList.contains('button') ? 24 : 44;
    if (height >= least - 0.5 && width >= 24) return [];
    const what = element.getAttribute('name') ?? element.textContent?.trim().slice(0, 30);
    return [`${element.tagName.toLowerCase()} "${what}": ${Math.round(width)} × ${Math.round(height)}, not ${least}`];
  });
}

/** The focused element, and what is wrong with how it shows that it is. */
export function focus(): { name: string; wrong: string[] } {
  const element = document.activeElement ?? document.body;
  const name = `${element.tagName.toLowerCase()} ${element.getAttribute('name') ?? element.id} ${element.textContent?.trim().slice(0, 40)}`;
  // The switch of the filters is seen by its label.
  const seen = element.id === 'fold' ? (document.querySelector('label[for=fold]') as Element) : element;
  const style = getComputedStyle(seen);
  const { left, top, right, bottom, width, height } = seen.getBoundingClientRect();
  const isRinged = style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2;
  const isInside = width > 0 && height > 0 && right > 0 && bottom > 0 && left < innerWidth && top < innerHeight;
  const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  const isCovered = isInside && hit !== null && !seen.contains(hit) && !hit.contains(seen);
  const wrong = [isRinged ? '' : 'has no ring', isInside ? '' : 'is outside the window', isCovered ? `is covered by ${hit?.className}` : ''];
  return { name, wrong: wrong.filter(Boolean) };
}
