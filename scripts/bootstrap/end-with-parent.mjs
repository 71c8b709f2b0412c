// Loaded into every task: ends the task when its parent, the bootstrap, is gone, even by SIGKILL.
// Sends SIGTERM first, so that the task can clean up.
if (process.channel !== undefined) {
  process.once('disconnect', () => {
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), 1_500).unref()
    process.kill(process.pid, 'SIGTERM')
  })
  process.channel.unref() // the channel alone must not keep a finished task alive
}
