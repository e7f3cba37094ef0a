// The code that opens a shop's backups: five groups of five signs, written down once
// and typed when the till is dead. Four signs of a group say something, the fifth
// checks them, so that a wrong group is named while it is typed. Signs are those of
// Crockford's Base32 (no I, L, O, U; small letters, blanks and dashes are all the same).
// 100 bits. Pure but for make_recovery_code().
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace pos {

class RecoveryCode {
 public:
  static constexpr std::size_t groups = 5, group_size = 5;

  // A new one, from the machine's source of chance.
  static RecoveryCode make();
  // As somebody typed it; the error is a sentence that names the group that is wrong.
  static core::Result<RecoveryCode, std::string> parse(std::string_view typed);

  std::string text() const;  // "7XK2M-..."
  // Two signs that tell one code from another and say nothing about it: on the slip, in a
  // backup's name and in its head.
  std::string id() const;

 private:
  std::array<std::uint8_t, groups * group_size> signs_{};  // 0 to 31
};

}  // namespace pos
