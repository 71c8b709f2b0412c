export const shells = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof shells)[number]

/**
 * The hidden command that the scripts call. It prints a line `word TAB brief` for each possible next
 * word.
 */
export const completeCommand = '__complete'

/**
 * The script calls the command itself, so it is never out of date. Without a proposal the shell
 * offers file names.
 */
export const completionScripts: Readonly<Record<Shell, string>> = {
  bash: `# wechatpay-entrust: source <(wechatpay-entrust completion bash)
_wechatpay_entrust() {
  local IFS=$'\\n'
  COMPREPLY=($(wechatpay-entrust ${completeCommand} "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null | cut -f1))
}
complete -o default -F _wechatpay_entrust wechatpay-entrust
`,
  zsh: `#compdef wechatpay-entrust
# wechatpay-entrust: source <(wechatpay-entrust completion zsh)
_wechatpay_entrust() {
  local -a proposed
  proposed=("\${(@f)$(wechatpay-entrust ${completeCommand} "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  proposed=("\${(@)proposed//:/\\\\:}")
  proposed=("\${(@)proposed/$'\\t'/:}")
  if [[ -n "\${proposed[1]}" ]]; then _describe 'wechatpay-entrust' proposed; else _files; fi
}
compdef _wechatpay_entrust wechatpay-entrust
`,
  fish: `# wechatpay-entrust: wechatpay-entrust completion fish | source
function __wechatpay_entrust
  set -l words (commandline -opc) (commandline -ct)
  wechatpay-entrust ${completeCommand} $words[2..-1] 2>/dev/null
end
complete -c wechatpay-entrust -a '(__wechatpay_entrust)'
`,
}
