import { globSync, mkdirSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Client, download, requireTool, step } from './client.ts'
import { generate, openapiGenerator } from './openapi-generator.ts'

const sources = join(import.meta.dirname, '../java')
const classpathGoal = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath'

export const javaClient: Client = {
  name: 'java',
  generator: openapiGenerator('java, okhttp-gson'),
  document: 'openapi-3.0.json',
  signedBy: "Tencent's wechatpay-java",
  async build(folder, document) {
    await requireTool('javac', ['-version'], 'apt-get install default-jdk-headless')
    await requireTool('mvn', ['--version'], 'apt-get install maven')
    const list = join(folder, 'classpath.txt')
    const pom = ['-q', '-B', '-f', join(sources, 'pom.xml')]
    const goal = [...pom, classpathGoal, `-Dmdep.outputFile=${list}`]
    await download('the libraries of tests/generators/java/pom.xml', 'mvn', goal, { cwd: folder })
    const output = join(folder, 'generated')
    await generate('java', document, output, {
      invokerPackage: 'entrust',
      apiPackage: 'entrust.api',
      modelPackage: 'entrust.model',
      hideGenerationTimestamp: 'true',
    })
    const classes = join(folder, 'classes')
    mkdirSync(classes)
    const classpath = readFileSync(list, 'utf8').trim()
    const files = [
      ...globSync(join(output, 'src/main/java/**/*.java')),
      ...globSync(join(sources, '*.java')),
    ]
    const options = ['-nowarn', '-encoding', 'UTF-8', '-d', classes, '-cp', classpath]
    await step('javac', [...options, ...files], { cwd: folder })
    return ['java', '-cp', [classes, classpath].join(delimiter), 'Main']
  },
}
