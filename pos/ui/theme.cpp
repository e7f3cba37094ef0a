#include "pos/ui/theme.h"

#include <algorithm>

namespace pos::ui {
namespace {

struct Pair {
  Colour colour;
  std::uint32_t light, dark;  // 0xRRGGBB
};

constexpr Pair table[] = {
    {Colour::bg, 0xF3F2EE, 0x131417},           {Colour::surface, 0xFFFFFF, 0x1D1F24},
    {Colour::sunken, 0xECEAE4, 0x2B2E35},       {Colour::press, 0xDEDBD3, 0x3A3E47},
    {Colour::line, 0xE3E0D9, 0x31343C},         {Colour::line_strong, 0x8C877D, 0x7C808A},
    {Colour::text, 0x1B1A18, 0xF2F2F0},         {Colour::text_2, 0x5A564F, 0xB5B7BE},
    {Colour::text_off, 0x68645C, 0x9A9DA6},     {Colour::accent, 0x2B49C8, 0x4763E6},
    {Colour::accent_press, 0x20389E, 0x3850C4}, {Colour::on_accent, 0xFFFFFF, 0xFFFFFF},
    {Colour::accent_tint, 0xE7EBFB, 0x262E55},  {Colour::accent_text, 0x2743BD, 0xB5C2FF},
    {Colour::ok, 0x16693A, 0x7AD6A0},           {Colour::ok_tint, 0xE1F2E7, 0x173425},
    {Colour::ok_dot, 0x1F9D57, 0x35B56F},       {Colour::warn, 0x7D4A00, 0xF3C26B},
    {Colour::warn_tint, 0xFBEDD0, 0x3A2C10},    {Colour::warn_dot, 0xCB8000, 0xE5A02A},
    {Colour::bad, 0xAE241C, 0xFF9C92},          {Colour::bad_tint, 0xFBE4E1, 0x45201D},
    {Colour::bad_dot, 0xD3362B, 0xEF5B4F},      {Colour::on_dot, 0xFFFFFF, 0x131417},
    {Colour::bar_old, 0xC9C4B8, 0x5A5E69},      {Colour::ch2, 0x8FA2EC, 0x8FA0F2},
    {Colour::scrim, 0x1B1A18, 0x000000},        {Colour::picture_tint, 0xFFFFFF, 0xE0E0E0},
    {Colour::shadow, 0x1B1A18, 0x000000},       {Colour::coin_gold, 0xE4C77A, 0xE4C77A},
    {Colour::coin_copper, 0xD9A27C, 0xD9A27C},  {Colour::coin_silver, 0xD8D9DC, 0xD8D9DC},
    {Colour::ring_gold, 0xC9A24A, 0xC9A24A},    {Colour::ring_silver, 0xBFC1C6, 0xBFC1C6},
    {Colour::coin_ink, 0x33270A, 0x33270A},     {Colour::logo_plate, 0x1B1A18, 0xF2F2F0},
    {Colour::logo_letter, 0xFFFFFF, 0x1D1F24},  {Colour::logo_dot, 0xE2B23C, 0xE2B23C},
    {Colour::c1, 0xF6E3B4, 0x4A3A12},           {Colour::c2, 0xD5E3F7, 0x1E3552},
    {Colour::c3, 0xDDE8CC, 0x2F3D18},           {Colour::c4, 0xF3D6DC, 0x4A1F2A},
    {Colour::c5, 0xF2DCCB, 0x4A2C17},           {Colour::c6, 0xE4D8CE, 0x3D2F26},
    {Colour::c7, 0xE2DBF2, 0x352A55},           {Colour::c8, 0xCFE8E6, 0x143C3A},
    {Colour::c1i, 0x664400, 0xF6DC9A},          {Colour::c2i, 0x1D4478, 0xB9D5F7},
    {Colour::c3i, 0x3C5414, 0xCFE3A8},          {Colour::c4i, 0x7A1F36, 0xF6BFCB},
    {Colour::c5i, 0x743C12, 0xF3C9A8},          {Colour::c6i, 0x573823, 0xE6CFBD},
    {Colour::c7i, 0x4A2F86, 0xD3C4F7},          {Colour::c8i, 0x0F5551, 0xA8E0DB},
};

constexpr Rgba from_hex(std::uint32_t hex) {
  return {static_cast<std::uint8_t>(hex >> 16), static_cast<std::uint8_t>(hex >> 8),
          static_cast<std::uint8_t>(hex), 255};
}

Theme make(Appearance appearance) {
  Theme theme;
  theme.colours[0] = {0, 0, 0, 0};
  const bool dark = appearance == Appearance::dark;
  for (const Pair& pair : table)
    theme.colours[static_cast<std::size_t>(pair.colour)] = from_hex(dark ? pair.dark : pair.light);
  theme.colours[static_cast<std::size_t>(Colour::scrim)].a = dark ? 153 : 122;
  theme.shadow_factor = dark ? 3 : 1;
  return theme;
}

Colour offset(Colour first, int category) {
  const int index = category < 1 ? 0 : (category - 1) % 8;
  return static_cast<Colour>(static_cast<int>(first) + index);
}

}  // namespace

Rgba with_alpha(Rgba colour, float factor) {
  const float alpha = static_cast<float>(colour.a) * std::clamp(factor, 0.F, 1.F);
  colour.a = static_cast<std::uint8_t>(alpha + .5F);
  return colour;
}

const Theme& theme(Appearance appearance) {
  static const Theme light = make(Appearance::light);
  static const Theme dark = make(Appearance::dark);
  return appearance == Appearance::dark ? dark : light;
}

Colour category_fill(int category) {
  return offset(Colour::c1, category);
}
Colour category_ink(int category) {
  return offset(Colour::c1i, category);
}

int category_of(const char* begin, std::size_t length) {
  unsigned hash = 2166136261U;  // FNV-1a: the same colour on every machine
  for (std::size_t i = 0; i < length; ++i)
    hash = (hash ^ static_cast<unsigned char>(begin[i])) * 16777619U;
  return static_cast<int>(hash % 8) + 1;
}

Colour state_ink(State state) {
  constexpr Colour inks[] = {Colour::text_2, Colour::accent_text, Colour::ok, Colour::warn,
                             Colour::bad};
  return inks[static_cast<std::size_t>(state)];
}

Colour state_tint(State state) {
  constexpr Colour tints[] = {Colour::sunken, Colour::accent_tint, Colour::ok_tint,
                              Colour::warn_tint, Colour::bad_tint};
  return tints[static_cast<std::size_t>(state)];
}

Colour state_dot(State state) {
  constexpr Colour dots[] = {Colour::line_strong, Colour::accent, Colour::ok_dot, Colour::warn_dot,
                             Colour::bad_dot};
  return dots[static_cast<std::size_t>(state)];
}

int pixels_of(Size size) {
  constexpr int pixels[] = {14, 18, 24, 40};
  return pixels[static_cast<std::size_t>(size)];
}

int line_height_of(Size size) {
  constexpr int heights[] = {20, 24, 32, 48};
  return heights[static_cast<std::size_t>(size)];
}

}  // namespace pos::ui
