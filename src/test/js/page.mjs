// The code that stands in a page of documentation.
import { mkdir, readFile, writeFile } from 'node:fs/promises';

/** Writes the page's code blocks to files of `folder`, and loads them: modules by their names. */
export async function codeOf(page, folder) {
  const place = new URL(`./${folder}/`, import.meta.url);
  await mkdir(place, { recursive: true });
  const blocks = [...(await readFile(page, 'utf8')).matchAll(/^```js file=(\S+)\n(.*?)^```$/gms)];
  for (const [, name, code] of blocks) await writeFile(new URL(name, place), code);
  const modules = {};
  for (const [, name] of blocks) modules[name.replace('.js', '')] = await import(new URL(name, place));
  return modules;
}
