// A page as it is drawn: elements, attributes, texts, and the state of its fields. Runs in the browser.
export function drawn(): string[] {
  const lines: string[] = [];
  const state = (element: Element): string => {
    if (element instanceof HTMLSelectElement) return ` = ${element.value}`;
    if (element instanceof HTMLTextAreaElement) return ` = ${element.value}`;
    if (!(element instanceof HTMLInputElement)) return '';
    // The id of a new item is another one each time.
    return element.name === 'id' ? '' : ` = ${element.value} ${element.checked}`;
  };
  const walk = (node: Node, depth: string): void => {
    if (node instanceof Text && node.data.trim()) lines.push(`${depth}"${node.data.trim()}"`);
    if (!(node instanceof Element)) return;
    // Told by the fields' state: a server can only write them as attributes.
    // A class that came and went leaves an empty list.
    const isSaid = ({ name, value }: Attr) => !['selected', 'checked', 'value'].includes(name) && !(name === 'class' && !value.trim());
    const said = [...node.attributes].filter(isSaid);
    const attributes = said.map(({ name, value }) => ` ${name}="${value.trim()}"`).sort();
    lines.push(`${depth}<${node.tagName.toLowerCase()}${attributes.join('')}>${state(node)}`);
    for (const child of node.childNodes) walk(child, `${depth}  `);
  };
  walk(document.querySelector('main') as Element, '');
  return [document.title, ...lines];
}
