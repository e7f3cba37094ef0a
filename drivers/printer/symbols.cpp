#include "drivers/printer/symbols.h"

#include <qrencode.h>

#include <algorithm>
#include <array>
#include <memory>

namespace drivers {

namespace {

// Bar, gap, bar, gap, bar, gap of each symbol character, in modules.
constexpr std::array<std::string_view, 106> code128_widths{
    "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212",
    "221213", "221312", "231212", "112232", "122132", "122231", "113222", "123122", "123221",
    "223211", "221132", "221231", "213212", "223112", "312131", "311222", "321122", "321221",
    "312212", "322112", "322211", "212123", "212321", "232121", "111323", "131123", "131321",
    "112313", "132113", "132311", "211313", "231113", "231311", "112133", "112331", "132131",
    "113123", "113321", "133121", "313121", "211331", "231131", "213113", "213311", "213131",
    "311123", "311321", "331121", "312113", "312311", "332111", "314111", "221411", "431111",
    "111224", "111422", "121124", "121421", "141122", "141221", "112214", "112412", "122114",
    "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111", "111242",
    "121142", "121241", "114212", "124112", "124211", "411212", "421112", "421211", "212141",
    "214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113", "411311",
    "113141", "114131", "311141", "411131", "211412", "211214", "211232"};
constexpr int code128_start_b = 104;
constexpr std::string_view code128_stop = "2331112";
constexpr std::size_t longest_code128 = 48;

// The left digits of an EAN-13 with odd parity; even parity is the mirrored
// complement, the right digits are the complement.
constexpr std::array<std::string_view, 10> ean_odd{"0001101", "0011001", "0010011", "0111101",
                                                   "0100011", "0110001", "0101111", "0111011",
                                                   "0110111", "0001011"};
constexpr std::array<std::string_view, 10> ean_parity{"OOOOOO", "OOEOEE", "OOEEOE", "OOEEEO",
                                                      "OEOOEE", "OEEOOE", "OEEEOO", "OEOEOE",
                                                      "OEOEEO", "OEEOEO"};

void append_widths(std::vector<bool>& bars, std::string_view widths) {
  bool black = true;
  for (const char width : widths) {
    bars.insert(bars.end(), static_cast<std::size_t>(width - '0'), black);
    black = !black;
  }
}

void append_bits(std::vector<bool>& bars, std::string_view bits) {
  for (const char bit : bits) bars.push_back(bit == '1');
}

std::string complement(std::string_view bits) {
  std::string result;
  for (const char bit : bits) result += bit == '1' ? '0' : '1';
  return result;
}

bool is_code128(std::string_view text) {
  return !text.empty() && text.size() <= longest_code128 &&
         std::ranges::all_of(text, [](char c) { return c >= ' ' && c < 0x7F; });
}

// Code set B only: one symbol character for each character.
std::vector<bool> code128_bars(std::string_view text) {
  std::vector<bool> bars;
  append_widths(bars, code128_widths[code128_start_b]);
  std::size_t sum = code128_start_b;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto value = static_cast<std::size_t>(text[i] - ' ');
    append_widths(bars, code128_widths[value]);
    sum += value * (i + 1);
  }
  append_widths(bars, code128_widths[sum % 103]);
  append_widths(bars, code128_stop);
  return bars;
}

std::vector<bool> ean13_bars(std::string_view digits) {
  const auto value = [&](std::size_t i) { return static_cast<std::size_t>(digits[i] - '0'); };
  std::vector<bool> bars;
  append_bits(bars, "101");
  for (std::size_t i = 1; i <= 6; ++i) {
    std::string bits(ean_odd[value(i)]);
    if (ean_parity[value(0)][i - 1] == 'E') {
      bits = complement(bits);
      std::ranges::reverse(bits);
    }
    append_bits(bars, bits);
  }
  append_bits(bars, "01010");
  for (std::size_t i = 7; i <= 12; ++i) append_bits(bars, complement(ean_odd[value(i)]));
  append_bits(bars, "101");
  return bars;
}

QRecLevel level_of(QrLevel level) {
  switch (level) {
    case QrLevel::low:
      return QR_ECLEVEL_L;
    case QrLevel::medium:
      return QR_ECLEVEL_M;
    case QrLevel::quartile:
      return QR_ECLEVEL_Q;
    case QrLevel::high:
      return QR_ECLEVEL_H;
  }
  return QR_ECLEVEL_M;
}

}  // namespace

std::optional<Symbol> symbol_of(const Qr& qr) {
  if (qr.text.empty()) return {};
  const std::unique_ptr<QRcode, void (*)(QRcode*)> code(
      QRcode_encodeData(static_cast<int>(qr.text.size()),
                        reinterpret_cast<const unsigned char*>(qr.text.data()), 0,
                        level_of(qr.level)),
      QRcode_free);
  if (!code) return {};
  Symbol symbol{code->width, code->width, {}};
  const auto modules =
      static_cast<std::size_t>(code->width) * static_cast<std::size_t>(code->width);
  for (std::size_t i = 0; i < modules; ++i) symbol.black.push_back((code->data[i] & 1) != 0);
  return symbol;
}

std::optional<std::string> ean13(std::string_view digits) {
  const bool only_digits = std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
  if (!only_digits || (digits.size() != 12 && digits.size() != 13)) return {};
  int sum = 0;
  for (std::size_t i = 0; i < 12; ++i) sum += (digits[i] - '0') * (i % 2 == 0 ? 1 : 3);
  const char check = static_cast<char>('0' + (10 - sum % 10) % 10);
  if (digits.size() == 13 && digits[12] != check) return {};
  return std::string(digits.substr(0, 12)) + check;
}

std::optional<Symbol> symbol_of(const Barcode& barcode) {
  std::vector<bool> bars;
  if (barcode.kind == BarcodeKind::code128) {
    if (!is_code128(barcode.text)) return {};
    bars = code128_bars(barcode.text);
  } else {
    const auto digits = ean13(barcode.text);
    if (!digits) return {};
    bars = ean13_bars(*digits);
  }
  const int width = static_cast<int>(bars.size());
  return Symbol{width, 1, std::move(bars)};
}

int module_dots(const Symbol& symbol, const Profile& profile) {
  // GS w takes 2 to 6; a narrow bar of 3 dots reads well and looks right. A QR
  // code of some 30 mm is read from an arm's length; 4 dots are the least that a poor scan of
  // a receipt still reads (KassenSichV section 6).
  const bool is_qr = symbol.height > 1;
  const int quiet = is_qr ? qr_quiet_modules : barcode_quiet_modules;
  const int fitting = profile.dots / (symbol.width + 2 * quiet);
  if (!is_qr) return fitting < 2 ? 0 : std::min(fitting, 3);
  constexpr int wanted_dots = 240;
  const int wanted = std::clamp(wanted_dots / symbol.width, 4, 8);
  return fitting < 2 ? 0 : std::min(fitting, wanted);
}

Logo raster_of(const Symbol& symbol, int dots, int height_dots) {
  Logo logo{symbol.width * dots, symbol.height * height_dots, {}};
  const auto stride = static_cast<std::size_t>((logo.width + 7) / 8);
  logo.bits.assign(stride * static_cast<std::size_t>(logo.height), 0);
  for (int y = 0; y < logo.height; ++y) {
    for (int x = 0; x < logo.width; ++x) {
      if (!symbol.at(x / dots, y / height_dots)) continue;
      auto& byte =
          logo.bits[static_cast<std::size_t>(y) * stride + static_cast<std::size_t>(x / 8)];
      byte = static_cast<std::uint8_t>(byte | (0x80U >> (x % 8)));
    }
  }
  return logo;
}

}  // namespace drivers
