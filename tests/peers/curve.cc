// SPDX-License-Identifier: Apache-2.0
#include "tests/peers/curve.h"

#include <sodium.h>
#include <zmq.h>

#include <cstring>
#include <vector>

namespace ecluse::peers {
namespace {

constexpr size_t kCookieBytes = 96;

std::string BigEndian(uint64_t value, size_t bytes) {
  std::string text(bytes, '\0');
  for (size_t i = 0; i < bytes; ++i) text[bytes - 1 - i] = static_cast<char>(value >> (8 * i));
  return text;
}

const uint8_t* Bytes(std::string_view text) {
  return reinterpret_cast<const uint8_t*>(text.data());
}
template <class Key>
std::string Text(const Key& key) {
  return {reinterpret_cast<const char*>(key.data()), key.size()};
}

template <class Key>
std::string Box(std::string_view plain, const std::string& nonce, const Key& to, const Key& from) {
  std::vector<uint8_t> box(plain.size() + crypto_box_MACBYTES);
  if (crypto_box_easy(box.data(), Bytes(plain), plain.size(), Bytes(nonce), to.data(),
                      from.data()) != 0) {
    return "";
  }
  return Text(box);
}

}  // namespace

std::string Greeting(std::string_view mechanism) {
  std::string greeting("\xff\0\0\0\0\0\0\0\1\x7f\3\1", 12);
  greeting += mechanism.substr(0, 20);
  greeting.resize(64, '\0');
  return greeting;
}

std::string Frame(std::string_view body, uint8_t flags, uint64_t size) {
  const bool is_long = size > 255 || (flags & kLong) != 0;
  std::string frame(1, static_cast<char>(flags | (is_long ? kLong : 0)));
  frame += BigEndian(size, is_long ? 8 : 1);
  return frame.append(body);
}
std::string Frame(std::string_view body, uint8_t flags) { return Frame(body, flags, body.size()); }

std::string Property(std::string_view name, std::string_view value) {
  std::string text(1, static_cast<char>(name.size()));
  text.append(name);
  return (text += BigEndian(value.size(), 4)).append(value);
}

std::string Command(std::string_view name, std::string_view body) {
  return std::string(1, static_cast<char>(name.size())).append(name).append(body);
}

Curve::Curve(const LinkOptions& shown, const LinkOptions& vouching) {
  zmq_z85_decode(server_.data(), shown.broker_key.c_str());
  zmq_z85_decode(public_.data(), shown.public_key.c_str());
  zmq_z85_decode(vouching_.data(), vouching.secret_key.c_str());
  crypto_box_keypair(short_public_.data(), short_secret_.data());
}

std::string Curve::Hello() {
  const std::string short_nonce = BigEndian(nonce_++, 8);
  std::string body = Command("HELLO", std::string("\1\0", 2) + std::string(72, '\0'));
  body += Text(short_public_) + short_nonce;
  return body +
         Box(std::string(64, '\0'), "CurveZMQHELLO---" + short_nonce, server_, short_secret_);
}

bool Curve::Welcome(std::string_view body) {
  if (body.size() != 168 || body.substr(0, 8) != "\7WELCOME") return false;
  const std::string nonce = "WELCOME-" + std::string(body.substr(8, 16));
  std::vector<uint8_t> plain(body.size() - 24 - crypto_box_MACBYTES);
  if (crypto_box_open_easy(plain.data(), Bytes(body.substr(24)), body.size() - 24, Bytes(nonce),
                           server_.data(), short_secret_.data()) != 0) {
    return false;
  }
  std::memcpy(server_short_.data(), plain.data(), server_short_.size());
  cookie_ = Text(plain).substr(server_short_.size(), kCookieBytes);
  return crypto_box_beforenm(shared_.data(), server_short_.data(), short_secret_.data()) == 0;
}

std::string Curve::Initiate(std::string_view metadata) {
  std::string random(16, '\0');
  randombytes_buf(random.data(), random.size());
  const std::string vouch = random + Box(Text(short_public_) + Text(server_), "VOUCH---" + random,
                                         server_short_, vouching_);
  const std::string short_nonce = BigEndian(nonce_++, 8);
  const std::string plain = Text(public_) + vouch + std::string(metadata);
  return Command("INITIATE", cookie_) + short_nonce +
         Box(plain, "CurveZMQINITIATE" + short_nonce, server_short_, short_secret_);
}

std::string Curve::Message(std::string_view body, uint8_t flags) {
  return MessageWithNonce(body, flags, nonce_++);
}

std::string Curve::MessageWithNonce(std::string_view body, uint8_t flags, uint64_t nonce) {
  const std::string short_nonce = BigEndian(nonce, 8);
  const std::string plain = std::string(1, static_cast<char>(flags)).append(body);
  const std::string whole = "CurveZMQMESSAGEC" + short_nonce;
  std::vector<uint8_t> box(plain.size() + crypto_box_MACBYTES);
  crypto_box_easy_afternm(box.data(), Bytes(plain), plain.size(), Bytes(whole), shared_.data());
  return Frame(Command("MESSAGE", short_nonce) + Text(box));
}

bool Curve::Begin(const Tcp& line) {
  line.Say(Greeting("CURVE"));
  if (line.Hear(64).size() != 64) return false;
  line.Say(Frame(Hello(), kCommand));
  return Welcome(HearFrame(line));
}

bool Curve::Handshake(const Tcp& line) {
  return Handshake(line, Property("Socket-Type", "DEALER") + Property("Identity", ""));
}

bool Curve::Handshake(const Tcp& line, std::string_view metadata) {
  if (!Begin(line)) return false;
  line.Say(Frame(Initiate(metadata), kCommand));
  return HearFrame(line).starts_with("\5READY");
}

std::string HearFrame(const Tcp& line) {
  const std::string flags = line.Hear(1);
  if (flags.empty()) return "";
  const std::string size = line.Hear((flags[0] & kLong) != 0 ? 8 : 1);
  uint64_t bytes = 0;
  for (const char c : size) bytes = bytes << 8U | static_cast<uint8_t>(c);
  return bytes <= 1 << 20 ? line.Hear(bytes) : "";
}

}  // namespace ecluse::peers
