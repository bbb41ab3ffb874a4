/** Node's own `import()`: the test runner takes over the ones that are written in files it loads itself. */
module.exports = { nativeImport: (address) => import(address) };
