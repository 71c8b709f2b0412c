// Compiled only with the types of the platform, without those of browsers and Node: see
// in-mini-program.test.ts.
import {
  openSigning,
  readSigningReturn,
  type SigningLaunch,
} from '../src/mini-program/in-mini-program.ts'

App<{ launch: SigningLaunch | undefined }>({
  launch: undefined,
  onShow(options) {
    const back = readSigningReturn(options, 'wxbd687630cd02ce1d')
    const hint: 'signed' | 'failed' | 'left' | undefined = back?.hint
    if (hint === 'signed') wx.showToast({ title: back?.message ?? '' })
    readSigningReturn(wx.getEnterOptionsSync(), 'wxbd687630cd02ce1d')
  },
})

Page({
  onTapSign() {
    wx.request<SigningLaunch>({
      url: 'https://yourapp.com/pre-sign',
      success: ({ data }) => {
        openSigning(data).then((outcome: 'opened' | 'declined') => wx.showToast({ title: outcome }))
        openSigning(data, wx).catch((error: Error) => wx.showToast({ title: error.message }))
      },
    })
  },
})

// @ts-expect-error the app id of the signing mini-program is required
readSigningReturn(wx.getEnterOptionsSync())
