// Shopify's published schema, and our documents as the program sends them.
import fs from 'node:fs';
import zlib from 'node:zlib';
import { buildClientSchema } from 'graphql';

export function loadSchema(file) {
  const json = JSON.parse(zlib.gunzipSync(fs.readFileSync(file)));
  return buildClientSchema(json.data ?? json, { assumeValid: true });
}

// Every document in the C++ source, each with the fragments that it uses.
export function operationsOf(file) {
  const texts = [...fs.readFileSync(file, 'utf8').matchAll(/R"graphql\(([\s\S]*?)\)graphql"/g)].map((m) => m[1].trim());
  const fragments = new Map(texts.filter((t) => t.startsWith('fragment')).map((t) => [/fragment (\w+)/.exec(t)[1], t]));
  return texts.filter((t) => !t.startsWith('fragment')).map((operation) => {
    let text = operation;
    const used = new Set();
    for (let grown = true; grown; ) {
      grown = false;
      for (const [name, fragment] of fragments) {
        if (used.has(name) || !text.includes('...' + name)) continue;
        used.add(name);
        text += '\n' + fragment;
        grown = true;
      }
    }
    return { name: /(?:query|mutation) (\w+)/.exec(operation)[1], text };
  });
}
