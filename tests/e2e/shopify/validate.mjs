// usage: validate.mjs SCHEMA.json.gz OPERATIONS.cpp
// Checks every document of ours against a published schema; a line for each.
import { parse, validate } from 'graphql';
import { loadSchema, operationsOf } from './schema.mjs';

const schema = loadSchema(process.argv[2]);
let bad = 0;
for (const { name, text } of operationsOf(process.argv[3])) {
  const faults = validate(schema, parse(text));
  console.log(faults.length === 0 ? `valid ${name}` : `INVALID ${name}: ${faults.map((f) => f.message).join('; ')}`);
  bad += faults.length > 0;
}
process.exit(bad > 0 ? 1 : 0);
