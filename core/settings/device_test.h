// What can be tried at a device that stands at the till, from the Devices page.
#pragma once

namespace core {

enum class DeviceTest {
  printer_state,   // ask it how it is
  print,           // a slip with umlauts, a code and a picture
  code_tables,     // the set-up slip
  recover_cutter,  // somebody has freed it
  second_print,
  display,
  scale_zero,
};

}  // namespace core
