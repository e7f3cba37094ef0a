#include "drivers/signing/tar.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <optional>

#include "core/base/ensure.h"
#include "core/base/text.h"

namespace drivers {

namespace {

constexpr std::size_t block_size = 512;
using TarBlock = std::array<char, block_size>;

struct Part {
  std::size_t at, size;
};
constexpr Part name_part{0, 100}, size_part{124, 12}, checksum_part{148, 8}, magic_part{257, 5},
    prefix_part{345, 155};
constexpr std::size_t kind_at = 156;

std::string_view part_of(const TarBlock& block, Part part) {
  return {block.data() + part.at, part.size};
}

std::string_view text_of_part(const TarBlock& block, Part part) {
  const std::string_view text = part_of(block, part);
  return text.substr(0, text.find('\0'));
}

// Octal digits between blanks, or, of a very large one, bytes behind a high bit.
std::optional<std::int64_t> number_of_part(std::string_view text) {
  if (static_cast<unsigned char>(text[0]) == 0x80) {
    std::int64_t value = 0;
    for (const char c : text.substr(1)) {
      if (value > (INT64_MAX >> 8)) return {};
      value = value << 8 | static_cast<unsigned char>(c);
    }
    return value;
  }
  text = text.substr(0, text.find('\0'));
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  std::int64_t value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value, 8);
  if (!text.empty() && (fault != std::errc{} || end != text.data() + text.size())) return {};
  if (value < 0) return {};
  return value;
}

bool is_zero_block(const TarBlock& block) {
  return std::all_of(block.begin(), block.end(), [](char c) { return c == 0; });
}

// The sum of a header's bytes, its own place taken as blanks; old programs took bytes as signed.
bool has_right_checksum(const TarBlock& block) {
  const auto said = number_of_part(part_of(block, checksum_part));
  std::int64_t as_unsigned = 0, as_signed = 0;
  for (std::size_t i = 0; i < block.size(); ++i) {
    const bool is_own = i >= checksum_part.at && i < checksum_part.at + checksum_part.size;
    as_unsigned += is_own ? ' ' : static_cast<unsigned char>(block[i]);
    as_signed += is_own ? ' ' : static_cast<signed char>(block[i]);
  }
  return said && (*said == as_unsigned || *said == as_signed);
}

std::string name_of(const TarBlock& block) {
  std::string name(text_of_part(block, name_part));
  if (part_of(block, magic_part) != "ustar") return name;
  // GNU's own form has other things where POSIX has the beginning of a long name.
  const bool is_posix = block[magic_part.at + magic_part.size] == '\0';
  const std::string prefix(is_posix ? text_of_part(block, prefix_part) : "");
  return prefix.empty() ? name : prefix + "/" + name;
}

// What a pax header says of the member behind it: "27 path=a/long/name\n"...
std::optional<std::string_view> pax_value(std::string_view records, std::string_view key) {
  std::optional<std::string_view> found;
  while (!records.empty()) {
    std::size_t size = 0;
    const auto [end, fault] =
        std::from_chars(records.data(), records.data() + records.size(), size);
    const auto digits = static_cast<std::size_t>(end - records.data());
    if (fault != std::errc{} || size <= digits + 1 || size > records.size()) break;
    const std::string_view record = records.substr(digits + 1, size - digits - 2);
    if (record.starts_with(key) && record.substr(key.size()).starts_with('=')) {
      found = record.substr(key.size() + 1);
    }
    records.remove_prefix(size);
  }
  return found;
}

// What stands before a member and belongs to it.
struct Announced {
  std::optional<std::string> name;
  std::optional<std::int64_t> size;
};

void take_in(Announced& announced, char kind, const std::string& bytes) {
  if (kind == 'L') announced.name = bytes.substr(0, bytes.find('\0'));
  if (kind != 'x') return;
  if (const auto name = pax_value(bytes, "path")) announced.name = std::string(*name);
  if (const auto size = pax_value(bytes, "size")) {
    if (core::are_digits(*size) && size->size() <= 18) announced.size = core::number_of(*size);
  }
}

bool is_announcement(char kind) {
  return kind == 'L' || kind == 'K' || kind == 'x' || kind == 'g';
}

void write_octal(TarBlock& block, Part part, std::int64_t value) {
  const std::string text = fmt::format("{:0{}o}", value, part.size - 1);
  ENSURE(text.size() < part.size);
  std::copy(text.begin(), text.end(), block.begin() + static_cast<std::ptrdiff_t>(part.at));
}

}  // namespace

std::string_view in_words(TarFault fault) {
  switch (fault) {
    case TarFault::cut_short:
      return "is cut short";
    case TarFault::no_header:
      return "is damaged: where a file must begin there is none";
    case TarFault::unreadable:
      return "cannot be read";
  }
  return "";
}

core::Result<TarReader::Block, TarFault> TarReader::read_block(char* block) {
  input_.read(block, block_size);
  read_ += input_.gcount();
  if (input_.bad()) return tl::unexpected(TarFault::unreadable);
  if (input_.gcount() == block_size) return Block::full;
  // Fewer bytes than a block at the end: what no member needs is none.
  return input_.gcount() == 0 ? core::Result<Block, TarFault>(Block::none)
                              : tl::unexpected(TarFault::cut_short);
}

core::Result<core::Done, TarFault> TarReader::read_content(TarMember& member) {
  const bool is_kept = member.size <= static_cast<std::int64_t>(largest_tar_member);
  member.bytes.clear();
  TarBlock block;
  for (std::int64_t left = member.size; left > 0; left -= static_cast<std::int64_t>(block_size)) {
    const auto read = read_block(block.data());
    if (!read) return tl::unexpected(read.error());
    if (*read == Block::none) return tl::unexpected(TarFault::cut_short);
    if (is_kept) {
      member.bytes.append(block.data(),
                          static_cast<std::size_t>(std::min<std::int64_t>(left, block_size)));
    }
  }
  return core::Done{};
}

core::Result<bool, TarFault> TarReader::read_member(TarMember& member) {
  Announced announced;
  for (TarBlock block;;) {
    const std::int64_t begins = read_;
    const auto read = read_block(block.data());
    // Behind the end's mark there may be anything, and nothing that we look for.
    if (!read && has_end_mark_) return false;
    if (!read) return tl::unexpected(read.error());
    if (*read == Block::none) return false;
    if (is_zero_block(block)) {
      has_end_mark_ = true;
      continue;
    }
    const auto size = number_of_part(part_of(block, size_part));
    if (!has_right_checksum(block) || !size) {
      if (has_end_mark_) return false;
      return tl::unexpected(TarFault::no_header);
    }
    has_end_mark_ = false;
    const char kind = block[kind_at];
    const bool announces = is_announcement(kind);
    const bool is_link_or_folder = kind >= '1' && kind <= '6';
    member.name = !announces && announced.name ? *announced.name : name_of(block);
    member.size = !announces && announced.size ? *announced.size : *size;
    member.is_file = !is_link_or_folder;
    member.begins = begins;
    if (is_link_or_folder) member.size = 0;
    if (const auto content = read_content(member); !content) {
      return tl::unexpected(content.error());
    }
    if (!announces) return true;
    take_in(announced, kind, member.bytes);
  }
}

core::Result<bool, TarFault> TarReader::next(TarMember& member) {
  if (is_spoilt_) return tl::unexpected(fault_);
  const auto read = read_member(member);
  if (!read) {
    is_spoilt_ = true;
    fault_ = read.error();
  } else if (*read) {
    position_ = read_;
  }
  return read;
}

bool is_plain_name(std::string_view name) {
  if (name.empty() || name.starts_with('/') || name.find('\\') != name.npos) return false;
  if (core::has_control_character(name) || name.find_first_of("\n\t") != name.npos) return false;
  for (std::size_t at = 0; at <= name.size();) {
    const std::size_t end = std::min(name.find('/', at), name.size());
    if (name.substr(at, end - at) == "..") return false;
    at = end + 1;
  }
  return true;
}

std::string tar_member(std::string_view name, std::string_view bytes, core::Instant modified) {
  ENSURE(name.size() <= name_part.size);
  TarBlock header{};
  std::copy(name.begin(), name.end(), header.begin());
  write_octal(header, {100, 8}, 0644);  // who may read it
  write_octal(header, {108, 8}, 0);     // whose it is
  write_octal(header, {116, 8}, 0);
  write_octal(header, size_part, static_cast<std::int64_t>(bytes.size()));
  write_octal(header, {136, 12},
              std::chrono::floor<std::chrono::seconds>(modified).time_since_epoch().count());
  header[kind_at] = '0';
  std::memcpy(header.data() + magic_part.at, "ustar\00000", 8);
  std::fill_n(header.begin() + static_cast<std::ptrdiff_t>(checksum_part.at), checksum_part.size,
              ' ');
  std::int64_t sum = 0;
  for (const char c : header) sum += static_cast<unsigned char>(c);
  write_octal(header, {checksum_part.at, 7}, sum);
  header[checksum_part.at + 6] = '\0';
  std::string member(header.data(), header.size());
  member += bytes;
  member.resize((member.size() + block_size - 1) / block_size * block_size, '\0');
  return member;
}

std::string tar_end() {
  return std::string(2 * block_size, '\0');
}

}  // namespace drivers
