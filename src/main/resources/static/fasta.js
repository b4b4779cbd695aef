const ALPHABETS = {
  protein: /[^ABCDEFGHIKLMNPQRSTVWXYZUOJ*\-]/i,
  nucleotide: /[^ACGTURYSWKMBDHVN\-]/i,
};

/**
 * What is wrong with a sequence, bare or FASTA, and in which line; the server has the last word.
 *
 * @param {string} text
 * @param {'protein'|'nucleotide'} format
 * @returns {{line: number, detail: string}[]} at most ten
 */
export function faults(text, format) {
  const found = [];
  let residues = 0;
  text.split(/\r\n|\r|\n/).forEach((line, index) => {
    if (line.startsWith('>') || line.startsWith(';')) return;
    const letters = line.replace(/[\s\d]/g, '');
    residues += letters.length;
    const odd = letters.match(ALPHABETS[format]);
    if (odd && found.length < 10) {
      found.push({ line: index + 1, detail: `“${odd[0]}” is no ${format} letter` });
    }
  });
  if (text.trim() !== '' && residues === 0) found.push({ line: 1, detail: 'there is a header, but no sequence' });
  return found;
}
