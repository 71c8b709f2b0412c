// Loaded into every task: ends it when the bootstrap above it is gone, even by SIGKILL. SIGTERM
// first, so that the task can tidy up.
if (process.channel !== undefined) {
  process.once('disconnect', () => {
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), 1_500).unref()
    process.kill(process.pid, 'SIGTERM')
  })
  process.channel.unref() // the channel alone must not keep a finished task alive
}
