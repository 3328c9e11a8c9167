// node typst.cjs FONTS IN.typ OUT.pdf: Typst by its package for Node, which NODE_PATH leads to. In place of `typst compile`.
const { readFileSync, writeFileSync } = require('fs');
const { dirname, resolve } = require('path');
const { NodeCompiler } = require('@myriaddreamin/typst-ts-node-compiler');
const [fonts, input, output] = process.argv.slice(2).map(p => resolve(p));
const compiler = NodeCompiler.create({ workspace: dirname(input), fontArgs: [{ fontPaths: [fonts] }] });
const result = compiler.compile({ mainFilePath: input });
if (!result.result) {
  result.printDiagnostics();
  process.exit(1);
}
writeFileSync(output, compiler.pdf(result.result, {}));
