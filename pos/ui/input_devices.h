// Whether keys and touches can reach the till where no display server reads them
// for it (KMSDRM). SDL passes over a device that it may not open without a word.
#pragma once

#include <filesystem>
#include <span>
#include <vector>

namespace pos::ui {

struct InputDevice {
  bool may_be_read = false;
  bool has_keys = false;     // a keyboard's; known only of what may be read
  bool has_pointer = false;  // a touch screen, a mouse
};
// The event devices of the kernel. Any thread.
std::vector<InputDevice> input_devices(const std::filesystem::path& folder = "/dev/input");

// An English key; null: somebody can work at the till.
const char* why_nobody_can_work(std::span<const InputDevice> devices);

}  // namespace pos::ui
