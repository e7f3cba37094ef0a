#include "pos/ui/input_devices.h"

#include <fcntl.h>
#include <linux/input.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace pos::ui {
namespace {

using KeyBits = std::array<std::uint8_t, KEY_CNT / 8>;

bool has(const KeyBits& bits, unsigned code) {
  return (bits[code / 8] >> (code % 8) & 1U) != 0;
}

InputDevice look_at(const std::filesystem::path& path) {
  const int device = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (device < 0) return {};
  KeyBits bits{};
  ::ioctl(device, EVIOCGBIT(EV_KEY, sizeof bits), bits.data());
  ::close(device);
  return {true, has(bits, KEY_ENTER) || has(bits, KEY_KPENTER),
          has(bits, BTN_TOUCH) || has(bits, BTN_LEFT)};
}

}  // namespace

std::vector<InputDevice> input_devices(const std::filesystem::path& folder) {
  std::vector<InputDevice> devices;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().filename().string().starts_with("event"))
      devices.push_back(look_at(entry.path()));
  }
  return devices;
}

const char* why_nobody_can_work(std::span<const InputDevice> devices) {
  const auto is_of_use = [](const InputDevice& device) {
    return device.has_keys || device.has_pointer;
  };
  if (std::any_of(devices.begin(), devices.end(), is_of_use)) return nullptr;
  const bool is_kept_out =
      std::any_of(devices.begin(), devices.end(),
                  [](const InputDevice& device) { return !device.may_be_read; });
  return is_kept_out ? "No keyboard or touch screen may be read: put the till's user into the "
                       "group input, and start it again."
                     : "No keyboard or touch screen is connected.";
}

}  // namespace pos::ui
