// SPDX-License-Identifier: Apache-2.0
#include "adapters/protocols/mail/cms.h"

#include <absl/status/status.h>
#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include <memory>

namespace ecluse::mail {
namespace {

struct Free {
  void operator()(BIO* p) const { BIO_free(p); }
  void operator()(X509* p) const { X509_free(p); }
  void operator()(EVP_PKEY* p) const { EVP_PKEY_free(p); }
  void operator()(CMS_ContentInfo* p) const { CMS_ContentInfo_free(p); }
  void operator()(STACK_OF(X509) * p) const { sk_X509_free(p); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

Owned<BIO> Reader(std::string_view bytes) {
  return Owned<BIO>(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
}

std::string Written(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return {data, static_cast<size_t>(size)};
}

Owned<X509> Certificate(const std::string& pem) {
  return Owned<X509>(PEM_read_bio_X509(Reader(pem).get(), nullptr, nullptr, nullptr));
}

absl::Status Failed(const char* what) {
  ERR_clear_error();
  return absl::InvalidArgumentError(what);
}

}  // namespace

absl::StatusOr<std::string> Encrypt(std::string_view plain, const std::string& certificate,
                                    Cipher cipher) {
  const Owned<X509> to = Certificate(certificate);
  const Owned<STACK_OF(X509)> all(sk_X509_new_null());
  if (!to || !all || sk_X509_push(all.get(), to.get()) == 0) {
    return Failed("the recipient's certificate can't be read");
  }
  const EVP_CIPHER* with = cipher == Cipher::kAes128 ? EVP_aes_128_cbc() : EVP_des_ede3_cbc();
  const Owned<CMS_ContentInfo> cms(CMS_encrypt(all.get(), Reader(plain).get(), with, CMS_BINARY));
  const Owned<BIO> der(BIO_new(BIO_s_mem()));
  if (!cms || !der || i2d_CMS_bio(der.get(), cms.get()) != 1) return Failed("can't encrypt");
  return Written(der.get());
}

absl::StatusOr<std::string> Decrypt(std::string_view der, const std::string& certificate,
                                    const std::string& key) {
  const Owned<X509> own = Certificate(certificate);
  const Owned<EVP_PKEY> secret(
      PEM_read_bio_PrivateKey(Reader(key).get(), nullptr, nullptr, nullptr));
  if (!own || !secret) return Failed("our own certificate or key can't be read");
  const Owned<CMS_ContentInfo> cms(d2i_CMS_bio(Reader(der).get(), nullptr));
  if (!cms || OBJ_obj2nid(CMS_get0_type(cms.get())) != NID_pkcs7_enveloped) {
    return Failed("not S/MIME enveloped data");
  }
  const Owned<BIO> plain(BIO_new(BIO_s_mem()));
  if (CMS_decrypt(cms.get(), secret.get(), own.get(), nullptr, plain.get(), CMS_BINARY) != 1) {
    return Failed("can't be decrypted with our key");
  }
  return Written(plain.get());
}

}  // namespace ecluse::mail
