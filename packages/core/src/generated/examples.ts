// Generated from spec/openapi.yaml; do not edit. Change spec/openapi.yaml and run: npm run generate
import type { OperationExamples } from '../call/operation.ts'

/** The example of each operation on its official page. */
export const operationExamples: OperationExamples = {
  qsMiniProgramPreEntrustSign: {
    args: {
      json: {
        appid: 'wxd678efh567hg6787',
        sub_appid: 'wxd678efh567hg6787',
        sub_mchid: '1900000109',
        service_id: 12535,
        out_contract_code: 'wxwtdk20200910100000',
        notify_url: 'https://yourapp.com/notify',
        contract_display_account: '微信代扣用户A',
        openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
        sub_openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
      },
    },
    data: {
      pre_entrustweb_id: '5778aadY9nltAsZzXixCkFIGYnV2V',
      mchid: '1900000109',
      service_id: 12535,
      out_contract_code: 'wxwtdk20200910100000',
      sign_mp_appid: 'wxbd687630cd02ce1d',
      sign_mp_path: 'pages/PwdExemptContract/index',
    },
  },
  qsPayRedirectSignPreEntrustSign: {
    args: {
      json: {
        appid: 'wxd678efh567hg6787',
        sub_appid: 'wxd678efh567hg6787',
        sub_mchid: '1900000109',
        service_id: 12535,
        out_contract_code: 'wxwtdk20200910100000',
        notify_url: 'https://yourapp.com/notify',
        contract_display_account: '微信代扣用户A',
        prepay_id: 'wx201410272009395522657a690389285100',
        openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
        sub_openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
      },
    },
    data: { mchid: '1900000109', service_id: 12535, out_contract_code: 'wxwtdk20200910100000' },
  },
  normalMiniProgramPreEntrustSign: {
    args: {
      json: {
        appid: 'wxd678efh567hg6787',
        service_id: 12535,
        out_contract_code: 'wxwtdk20200910100000',
        notify_url: 'https://yourapp.com/notify',
        contract_display_account: '微信代扣用户A',
        openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
      },
    },
    data: {
      pre_entrustweb_id: '5778aadY9nltAsZzXixCkFIGYnV2V',
      mchid: '1900000109',
      service_id: 12535,
      out_contract_code: 'wxwtdk20200910100000',
      sign_mp_appid: 'wxbd687630cd02ce1d',
      sign_mp_path: 'pages/PwdExemptContract/index',
    },
  },
  normalPayRedirectSignPreEntrustSign: {
    args: {
      json: {
        appid: 'wxd678efh567hg6787',
        service_id: 12535,
        out_contract_code: 'wxwtdk20200910100000',
        notify_url: 'https://yourapp.com/notify',
        contract_display_account: '微信代扣用户A',
        prepay_id: 'wx201410272009395522657a690389285100',
        openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
      },
    },
    data: { mchid: '1900000109', service_id: 12535, out_contract_code: 'wxwtdk20200910100000' },
  },
  ecommerceMiniProgramPreEntrustSign: {
    args: {
      json: {
        appid: 'wxd678efh567hg6787',
        service_id: 12535,
        out_contract_code: 'wxwtdk20200910100000',
        notify_url: 'https://yourapp.com/notify',
        contract_display_account: '微信代扣用户A',
        openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
      },
    },
    data: {
      pre_entrustweb_id: '5778aadY9nltAsZzXixCkFIGYnV2V',
      mchid: '1900000109',
      service_id: 12535,
      out_contract_code: 'wxwtdk20200910100000',
      sign_mp_appid: 'wxbd687630cd02ce1d',
      sign_mp_path: 'pages/PwdExemptContract/index',
    },
  },
  ecommercePayRedirectSignPreEntrustSign: {
    args: {
      json: {
        appid: 'wxd678efh567hg6787',
        service_id: 12535,
        out_contract_code: 'wxwtdk20200910100000',
        notify_url: 'https://yourapp.com/notify',
        contract_display_account: '微信代扣用户A',
        prepay_id: 'wx201410272009395522657a690389285100',
        openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
      },
    },
    data: { mchid: '1900000109', service_id: 12535, out_contract_code: 'wxwtdk20200910100000' },
  },
  serviceProviderMiniProgramPreEntrustSign: {
    args: {
      json: {
        sp_appid: 'wxd678efh567hg6787',
        sp_openid: 'oYobu0MVnQfWpSMOYJz2AHPG_gQw',
        sub_mchid: '1900000109',
        sub_appid: 'wxd678efh567hg6787',
        sub_openid: 'wxd678efh567hg6787',
        service_id: 12535,
        out_contract_code: 'wxwtdk20200910100000',
        notify_url: 'https://yourapp.com/notify',
        contract_display_account: '微信代扣用户A',
      },
    },
    data: {
      pre_entrustweb_id: '5778aadY9nltAsZzXixCkFIGYnV2V',
      mchid: '1900000109',
      sub_mchid: '1900000109',
      service_id: 12535,
      out_contract_code: 'wxwtdk20200910100000',
      sign_mp_appid: 'wxbd687630cd02ce1d',
      sign_mp_path: 'pages/PwdExemptContract/index',
    },
  },
  serviceProviderPayRedirectSignPreEntrustSign: {
    args: {
      json: {
        sp_appid: 'wxd678efh567hg6787',
        sp_openid: 'oYobu0MVnQfWpSMOYJz2AHPG_gQw',
        sub_mchid: '1900000109',
        sub_appid: 'wxd678efh567hg6787',
        sub_openid: 'wxd678efh567hg6787',
        service_id: 12535,
        out_contract_code: 'wxwtdk20200910100000',
        notify_url: 'https://yourapp.com/notify',
        contract_display_account: '微信代扣用户A',
        prepay_id: 'wx201410272009395522657a690389285100',
      },
    },
    data: {
      mchid: '1900000109',
      sub_mchid: '1900000109',
      service_id: 12535,
      out_contract_code: 'wxwtdk20200910100000',
    },
  },
  getContractByCode: {
    args: { path: { service_id: 12535, out_contract_code: 'wxwtdk20200910100000' } },
    data: {
      mchid: '1900000109',
      contract_id: '123124412412423431',
      appid: 'wxd678efh567hg6787',
      openid: 'wxd678efh567hg6787',
      sub_appid: 'wxd678efh567hg6787',
      sub_openid: 'wxd678efh567hg6787',
      service_id: 12535,
      out_contract_code: 'wxwtdk20200910100000',
      contract_display_account: '微信代扣用户A',
      contract_state: 'SIGNED',
      contract_signed_time: '2020-09-10T13:29:35+08:00',
      contract_terminate_info: {
        contract_termination_mode: 'USER_TERMINATE',
        contract_terminated_time: '2020-10-10T13:29:35+08:00',
        contract_termination_remark: '用户解约',
      },
    },
  },
  terminateContractByCode: {
    args: {
      json: { contract_termination_remark: '用户解约' },
      path: { service_id: 12535, out_contract_code: 'wxwtdk20200910100000' },
    },
    data: { mchid: '1900000109', service_id: 12535, out_contract_code: 'wxwtdk20200910100000' },
  },
  normalJsapiWithContract: {
    args: {
      json: {
        appid: 'wxd678efh567hg6787',
        mchid: '1900000100',
        payer: { openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o' },
        description: 'Image形象店-深圳腾大-QQ公仔',
        out_trade_no: '1217752501201407033233368018',
        time_expire: '2018-06-08T10:34:56+08:00',
        attach: '自定义数据',
        notify_url: 'https://www.weixin.qq.com/wxpay/pay.php',
        goods_tag: 'WXG',
        support_fapiao: false,
        amount: { total: 100, currency: 'CNY' },
        scene_info: { payer_client_ip: '14.23.150.211', device_id: '013467007045764' },
        settle_info: { profit_sharing: false },
        contract_info: { password_free_contract_id: '201710180325670965' },
      },
    },
    data: { prepay_id: 'wx201410272009395522657a690389285100' },
  },
  partnerJsapiWithContract: {
    args: {
      json: {
        sp_appid: 'wx8888888888888888',
        sp_mchid: '1900000100',
        sub_appid: 'wxd678efh567hg6999',
        sub_mchid: '1900000109',
        payer: { sp_openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o' },
        description: 'Image形象店-深圳腾大-QQ公仔',
        out_trade_no: '1217752501201407033233368018',
        time_expire: '2018-06-08T10:34:56+08:00',
        attach: '自定义数据',
        notify_url: 'https://www.weixin.qq.com/wxpay/pay.php',
        goods_tag: 'WXG',
        support_fapiao: false,
        amount: { total: 100, currency: 'CNY' },
        scene_info: { payer_client_ip: '14.23.150.211', device_id: '013467007045764' },
        settle_info: { profit_sharing: false },
        contract_info: { password_free_contract_id: '201710180325670965' },
      },
    },
    data: { prepay_id: 'wx201410272009395522657a690389285100' },
  },
  getCertificates: {
    args: {},
    data: {
      data: [
        {
          serial_no: '5157F09EFDC096DE15EBE81A47057A7232F1B8E1',
          effective_time: '2018-06-08T10:34:56+08:00',
          expire_time: '2018-12-08T10:34:56+08:00',
          encrypt_certificate: {
            algorithm: 'AEAD_AES_256_GCM',
            nonce: '61f9c719728a',
            associated_data: 'certificate',
            ciphertext: 'sRvt...',
          },
        },
      ],
    },
  },
}
