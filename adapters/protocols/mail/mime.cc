// SPDX-License-Identifier: Apache-2.0
#include "adapters/protocols/mail/mime.h"

#include <absl/status/status.h>
#include <gmime/gmime.h>
#include <strings.h>

#include <algorithm>
#include <memory>
#include <mutex>

namespace ecluse::mail {
namespace {

struct Unref {
  template <class T>
  void operator()(T* p) const {
    g_object_unref(p);
  }
};
template <class T>
using Owned = std::unique_ptr<T, Unref>;

std::string Lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return text;
}

std::string Text(const char* text) { return text == nullptr ? "" : text; }

// The parser recurses into parts of parts. Whatever nests needs a header of this name, at every
// second level at least, so counting them bounds the depth before anything is parsed.
size_t TypeHeaders(std::string_view bytes) {
  static constexpr std::string_view kName = "content-type";
  size_t count = 0;
  for (size_t at = 0; at + kName.size() <= bytes.size(); ++at) {
    if (strncasecmp(bytes.data() + at, kName.data(), kName.size()) == 0) ++count;
  }
  return count;
}

class Walk {
 public:
  Walk(const MimeLimits& limits, Mime& mime) : limits_(limits), mime_(mime) {}

  absl::Status Visit(GMimeObject* object, size_t depth) {
    if (object == nullptr) return absl::OkStatus();
    if (depth > limits_.depth) return absl::OutOfRangeError("parts nested too deeply");
    if (GMIME_IS_MULTIPART(object)) return Children(GMIME_MULTIPART(object), depth);
    if (GMIME_IS_MESSAGE_PART(object)) {
      GMimeMessage* inner = g_mime_message_part_get_message(GMIME_MESSAGE_PART(object));
      return inner == nullptr ? absl::OkStatus()
                              : Visit(g_mime_message_get_mime_part(inner), depth + 1);
    }
    return GMIME_IS_PART(object) ? Leaf(GMIME_PART(object)) : absl::OkStatus();
  }

 private:
  absl::Status Children(GMimeMultipart* all, size_t depth) {
    for (int i = 0; i < g_mime_multipart_get_count(all); ++i) {
      absl::Status visited = Visit(g_mime_multipart_get_part(all, i), depth + 1);
      if (!visited.ok()) return visited;
    }
    return absl::OkStatus();
  }

  absl::Status Leaf(GMimePart* part) {
    if (mime_.parts.size() >= limits_.parts) return absl::OutOfRangeError("too many parts");
    MimePart leaf;
    GMimeContentType* type = g_mime_object_get_content_type(GMIME_OBJECT(part));
    std::unique_ptr<char, decltype(&g_free)> name(g_mime_content_type_get_mime_type(type), &g_free);
    leaf.type = Lower(Text(name.get()));
    leaf.description = Text(g_mime_part_get_content_description(part));
    if (GMimeDataWrapper* content = g_mime_part_get_content(part)) {
      const Owned<GMimeStream> stream(g_mime_stream_mem_new());
      g_mime_data_wrapper_write_to_stream(content, stream.get());
      const GByteArray* decoded = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream.get()));
      if (decoded->len > limits_.part_bytes) return absl::OutOfRangeError("a part is too large");
      leaf.bytes.assign(reinterpret_cast<const char*>(decoded->data), decoded->len);
    }
    mime_.parts.push_back(std::move(leaf));
    return absl::OkStatus();
  }

  const MimeLimits& limits_;
  Mime& mime_;
};

void Initialise() {
  static std::once_flag once;
  std::call_once(once, [] { g_mime_init(); });
}

std::string Sender(GMimeMessage* message) {
  InternetAddressList* all = g_mime_message_get_from(message);
  if (all == nullptr || internet_address_list_length(all) != 1) return "";
  InternetAddress* one = internet_address_list_get_address(all, 0);
  if (!INTERNET_ADDRESS_IS_MAILBOX(one)) return "";
  return Lower(Text(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(one))));
}

}  // namespace

absl::StatusOr<Mime> ReadMime(std::string_view bytes, const MimeLimits& limits) {
  if (bytes.size() > limits.mail_bytes) return absl::OutOfRangeError("the mail is too large");
  if (TypeHeaders(bytes) > 2 * limits.parts) return absl::OutOfRangeError("too many parts");
  Initialise();
  const Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
  const Owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
  const Owned<GMimeMessage> message(g_mime_parser_construct_message(parser.get(), nullptr));
  if (!message) return absl::InvalidArgumentError("not a mail");
  Mime mime;
  mime.from = Sender(message.get());
  mime.message_id = Text(g_mime_message_get_message_id(message.get()));
  absl::Status walked = Walk(limits, mime).Visit(g_mime_message_get_mime_part(message.get()), 0);
  if (!walked.ok()) return walked;
  return mime;
}

}  // namespace ecluse::mail
