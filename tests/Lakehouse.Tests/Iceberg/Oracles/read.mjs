// node read.mjs icebird|chdb tables.json
// Reads every table of the list and prints one JSON array of rows for each; each row is an array of values in the order of the columns.
import { open, readFile, stat } from 'node:fs/promises';

const [, , reader, list] = process.argv;
const tables = JSON.parse(await readFile(list, 'utf8'));
const read = reader === 'icebird' ? await icebird() : await chdb();
for (const table of tables) {
  let answer;
  try {
    answer = { rows: await read(table) };
  } catch (error) {
    answer = { error: String(error.message ?? error) };
  }

  console.log(JSON.stringify(answer, plain));
}

async function icebird() {
  globalThis.fetch = fetchFile;
  const { icebergRead } = await import('icebird');
  return async table => {
    const metadata = JSON.parse(await readFile(table.metadata, 'utf8')); // Snapshot ids stay below 2^53 and survive this.
    const rows = await icebergRead({ tableUrl: `file://${table.folder}`, metadata });
    return rows.map(row => table.columns.map(column => column.binary ? hex(row[column.name]) : row[column.name] ?? null));
  };
}

async function chdb() {
  const { query } = await import('chdb');
  return async table => {
    const columns = table.columns.map(column => column.binary ? `hex(\`${column.name}\`)` : `\`${column.name}\``).join(', ');
    const metadata = table.metadata.slice(table.folder.length + 1);
    const settings = `output_format_json_quote_64bit_integers = 1, `
      + `output_format_json_quote_decimals = 1, output_format_json_quote_denormals = 1, date_time_output_format = 'iso', session_timezone = 'UTC'`;
    const text = query(`SELECT ${columns} FROM icebergLocal('${table.folder}', 'Parquet', SETTINGS iceberg_metadata_file_path = '${metadata}') SETTINGS ${settings}`, 'JSONCompactEachRow');
    return text.split('\n').filter(line => line).map(line => JSON.parse(line));
  };
}

// icebird gives bytes without an annotation as text.
function hex(value) {
  return value === null || value === undefined ? null : Buffer.from(value).toString('hex');
}

// icebird asks for files by range, as of a web server.
async function fetchFile(url, { method = 'GET', headers = {} } = {}) {
  const path = String(url).slice('file://'.length);
  const { size } = await stat(path);
  const range = /bytes=(\d+)-(\d*)/.exec(new Headers(headers).get('range') ?? '');
  const start = range ? Number(range[1]) : 0;
  const end = range && range[2] ? Math.min(Number(range[2]) + 1, size) : size;
  if (method === 'HEAD') {
    return new Response(null, { headers: { 'content-length': String(size) } });
  }

  const file = await open(path);
  try {
    const bytes = Buffer.alloc(end - start);
    await file.read(bytes, 0, bytes.length, start);
    return new Response(bytes, { status: range ? 206 : 200, headers: { 'content-length': String(bytes.length) } });
  } finally {
    await file.close();
  }
}

function plain(key, value) {
  const original = this[key]; // A Date has become text by now.
  if (typeof original === 'bigint') return String(original);
  if (original instanceof Date) return original.toISOString();
  if (original instanceof Uint8Array) return Buffer.from(original).toString('hex');
  if (typeof original === 'number' && !Number.isFinite(original)) return String(original);
  return value;
}
