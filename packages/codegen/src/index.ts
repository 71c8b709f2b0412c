export { type CodegenStreams, runCodegen } from './command/command.ts'
export { type GeneratedFiles, type GenerateOptions, generate } from './generate.ts'
export { OutputError, type OutputErrorCode } from './output/output-error.ts'
export { compareFiles, type FolderChanges, writeFiles } from './output/write-files.ts'
