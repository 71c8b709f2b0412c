// `INPUT` and `OUTPUT` are set by tests/generators/clients/typescript.ts.
export default {
  input: process.env.INPUT,
  output: { path: process.env.OUTPUT, importFileExtension: '.ts' },
  plugins: ['@hey-api/typescript', '@hey-api/sdk', '@hey-api/client-fetch'],
  logs: { file: false },
}
