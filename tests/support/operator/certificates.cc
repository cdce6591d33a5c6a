// SPDX-License-Identifier: Apache-2.0
#include "tests/support/operator/certificates.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>

#include <cstdio>
#include <filesystem>
#include <memory>

namespace ecluse {
namespace {

struct Free {
  void operator()(EVP_PKEY* p) const { EVP_PKEY_free(p); }
  void operator()(X509* p) const { X509_free(p); }
  void operator()(FILE* p) const { std::fclose(p); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

struct Identity {
  Owned<EVP_PKEY> key;
  Owned<X509> certificate;
};

void Extend(X509* certificate, X509* issuer, int nid, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  if (X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value)) {
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
  }
}

// `issuer` null: an authority that signs itself.
Identity Make(const char* name, const Identity* issuer, long serial, const char* usage) {
  Identity made{Owned<EVP_PKEY>(EVP_EC_gen("P-256")), Owned<X509>(X509_new())};
  X509* x = made.certificate.get();
  X509_set_version(x, X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(x), serial);
  X509_gmtime_adj(X509_getm_notBefore(x), -3600);
  X509_gmtime_adj(X509_getm_notAfter(x), 24L * 3600);
  X509_set_pubkey(x, made.key.get());
  X509_NAME* subject = X509_get_subject_name(x);
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>(name), -1, -1, 0);
  X509* by = issuer == nullptr ? x : issuer->certificate.get();
  X509_set_issuer_name(x, X509_get_subject_name(by));
  if (issuer == nullptr) {
    Extend(x, by, NID_basic_constraints, "critical,CA:TRUE");
    Extend(x, by, NID_key_usage, "critical,keyCertSign,cRLSign");
  } else {
    Extend(x, by, NID_basic_constraints, "critical,CA:FALSE");
    Extend(x, by, NID_ext_key_usage, usage);
    Extend(x, by, NID_subject_alt_name, "IP:127.0.0.1,DNS:localhost");
  }
  X509_sign(x, issuer == nullptr ? made.key.get() : issuer->key.get(), EVP_sha256());
  return made;
}

bool WriteCertificate(const std::string& path, const Identity& identity) {
  const Owned<FILE> file(std::fopen(path.c_str(), "w"));
  return file && PEM_write_X509(file.get(), identity.certificate.get()) == 1;
}

bool WriteBoth(const std::string& stem, const Identity& identity) {
  const Owned<FILE> file(std::fopen((stem + ".key").c_str(), "w"));
  if (!file) return false;
  ::fchmod(::fileno(file.get()), 0600);
  return PEM_write_PrivateKey(file.get(), identity.key.get(), nullptr, nullptr, 0, nullptr,
                              nullptr) == 1 &&
         WriteCertificate(stem + ".pem", identity);
}

}  // namespace

absl::Status MakeCertificates(const std::string& directory) {
  std::error_code told_below;
  std::filesystem::create_directories(directory, told_below);
  const Identity authority = Make("Ecluse throwaway authority", nullptr, 1, nullptr);
  const Identity other = Make("Ecluse other authority", nullptr, 1, nullptr);
  const Identity server = Make("simulated operator", &authority, 2, "serverAuth");
  const Identity client = Make("adapter", &authority, 3, "clientAuth");
  const Identity stranger = Make("stranger", &other, 2, "clientAuth");
  if (!WriteCertificate(directory + "/ca.pem", authority) ||
      !WriteCertificate(directory + "/other-ca.pem", other) ||
      !WriteBoth(directory + "/server", server) || !WriteBoth(directory + "/client", client) ||
      !WriteBoth(directory + "/other-client", stranger)) {
    return absl::UnavailableError("can't write certificates into " + directory);
  }
  return absl::OkStatus();
}

}  // namespace ecluse
