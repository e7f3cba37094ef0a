// The numbers of vouchers: of ours twelve letters and digits that nobody can guess, behind
// a prefix that no article's code begins with, and a check character at the end. Pure.
//
// Without 0 O 1 I, which people mix up, and without Y Z, which a scanner with the keys of
// another country does.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace core {

inline constexpr std::string_view voucher_prefix = "GV";
inline constexpr std::string_view voucher_letters = "23456789ABCDEFGHJKLMNPQRSTUVWX";
// Each an index of `voucher_letters`, drawn at random.
using VoucherPicks = std::array<std::uint8_t, 12>;

std::string voucher_number(const VoucherPicks& picks);

// Whether it is a number as ours are made, whoever made it: never an article.
bool is_voucher_number(std::string_view number);

// However it was written down, "gv 7k4m-92xp": in capitals, without blanks and hyphens.
std::string plain_voucher_number(std::string_view written);

// To be read aloud: "GV 7K4M 92XP Q3RT 8"; a number of others as it is.
std::string shown_voucher_number(std::string_view number);

}  // namespace core
