// TAR archives (POSIX.1-2017, pax; ustar, GNU's long names) as signing devices export
// them, member by member and with bounded memory for any input. Nothing is ever written
// where a name points: names are only read. Pure but for the stream.
#pragma once

#include <cstddef>
#include <cstdint>
#include <istream>
#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/base/result.h"

namespace drivers {

// No log and no certificate is larger; of a larger member only name and size are read.
inline constexpr std::size_t largest_tar_member = 1 << 20;  // bytes

struct TarMember {
  std::string name;         // as it lies there: see is_plain_name()
  std::int64_t size = 0;    // as the header says
  std::int64_t begins = 0;  // where its header lies in the stream
  std::string bytes;        // empty where it is larger than largest_tar_member
  bool is_file = true;      // neither a folder nor a link
  bool is_whole() const { return bytes.size() == static_cast<std::size_t>(size); }
};

enum class TarFault {
  cut_short,   // the stream ends within a member
  no_header,   // what lies where a member must begin is none
  unreadable,  // the stream failed
};
std::string_view in_words(TarFault fault);  // English, to follow "the archive "

class TarReader {
 public:
  explicit TarReader(std::istream& input) : input_(input) {}

  // Reads the next member; false at the end. After a fault every further call gives it again.
  core::Result<bool, TarFault> next(TarMember& member);

  // Whether the mark was seen that ends an archive: without it there may have been more.
  bool has_end_mark() const { return has_end_mark_; }
  std::int64_t position() const { return position_; }  // behind the last whole member

 private:
  enum class Block { full, none };
  core::Result<Block, TarFault> read_block(char* block);
  core::Result<core::Done, TarFault> read_content(TarMember& member);
  core::Result<bool, TarFault> read_member(TarMember& member);

  std::istream& input_;
  std::int64_t read_ = 0, position_ = 0;
  bool has_end_mark_ = false;
  bool is_spoilt_ = false;
  TarFault fault_ = TarFault::unreadable;
};

// Neither absolute nor leading out of the folder, and no control characters.
bool is_plain_name(std::string_view name);

// A member as it lies in an archive: header, content, filled up to whole blocks. `name` has
// at most 100 bytes.
std::string tar_member(std::string_view name, std::string_view bytes, core::Instant modified);
std::string tar_end();

}  // namespace drivers
