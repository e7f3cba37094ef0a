// Reads a mail back, as a mail program would: just enough of RFC 5322, 2045,
// 2046 and 2047 to compare what arrives with what was meant.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tests {

struct MimePart {
  std::map<std::string, std::string> headers;  // unfolded; a repeated one is joined by '\n'
  std::string body;                            // decoded, lines ended by '\n'
};

struct Mime {
  std::map<std::string, std::string> headers;
  std::vector<std::string> header_names;
  std::vector<MimePart> parts;
};

inline std::string unquoted(std::string_view text, bool in_header) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '=' && text.substr(i + 1, 2) == "\r\n") {
      i += 2;
    } else if (text[i] == '=' && i + 2 < text.size()) {
      out += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
      i += 2;
    } else if (text[i] == '\r') {
      continue;
    } else {
      out += in_header && text[i] == '_' ? ' ' : text[i];
    }
  }
  return out;
}

// The text of a header: encoded words decoded, the blanks between them dropped.
inline std::string decoded_header(std::string_view text) {
  constexpr std::string_view open = "=?UTF-8?Q?";
  std::string out;
  while (!text.empty()) {
    const auto at = text.find(open);
    std::string_view before = text.substr(0, at);
    if (before.find_first_not_of(" ") != before.npos) out += before;
    if (at == text.npos) break;
    const auto end = text.find("?=", at + open.size());
    out += unquoted(text.substr(at + open.size(), end - at - open.size()), true);
    text.remove_prefix(end + 2);
  }
  return out;
}

// Takes the headers off the front of `bytes`.
inline std::map<std::string, std::string> take_headers(std::string_view& bytes,
                                                       std::vector<std::string>* names = nullptr) {
  std::map<std::string, std::string> headers;
  std::string last;
  for (;;) {
    const auto end = bytes.find("\r\n");
    const std::string_view line = bytes.substr(0, end);
    bytes.remove_prefix(end == bytes.npos ? bytes.size() : end + 2);
    if (line.empty()) return headers;
    if (line[0] == ' ') {
      headers[last] += line;
      continue;
    }
    last = line.substr(0, line.find(':'));
    if (names) names->push_back(last);
    const auto value = line.find_first_not_of(' ', last.size() + 1);
    headers[last] += (headers.count(last) && !headers[last].empty() ? "\n" : "");
    if (value != line.npos) headers[last] += line.substr(value);
  }
}

inline Mime read_mime(std::string_view bytes) {
  Mime mime;
  mime.headers = take_headers(bytes, &mime.header_names);
  const std::string& type = mime.headers["Content-Type"];
  const auto quote = type.find('"');
  const std::string boundary = "--" + type.substr(quote + 1, type.rfind('"') - quote - 1);
  auto at = bytes.find(boundary + "\r\n");
  while (at != bytes.npos) {
    std::string_view rest = bytes.substr(at + boundary.size() + 2);
    const auto end = rest.find("\r\n" + boundary);
    std::string_view part = rest.substr(0, end);
    MimePart read;
    read.headers = take_headers(part);
    read.body = unquoted(part, false);
    mime.parts.push_back(std::move(read));
    at = bytes.find(boundary + "\r\n", at + boundary.size());
  }
  return mime;
}

}  // namespace tests
